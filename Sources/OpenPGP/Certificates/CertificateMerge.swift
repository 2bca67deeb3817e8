/// The union of two states of one certificate, so that an older one takes nothing
/// back: no revocation, no later expiry.
///
/// Packets are put together and none is judged; of two signatures that say
/// different things, the engine believes the newest, and a revocation always.
package enum CertificateMerge {
    /// A key or a user id with the signatures behind it.
    private struct Component {
        let tag: Packet.Tag
        let body: [UInt8]
        let packet: [UInt8]
        var signatures: [(body: [UInt8], packet: [UInt8])] = []

        func isSame(as other: Component) -> Bool { tag == other.tag && body == other.body }
    }

    /// Everything of the new one, and what only the old one has.
    ///
    /// Both were scanned, so there are some dozens of components at most.
    package static func merge(_ old: [UInt8], into new: [UInt8]) throws(PacketError) -> [UInt8] {
        var merged = try components(new)
        for component in try components(old) {
            if let index = merged.firstIndex(where: component.isSame(as:)) {
                let known = Set(merged[index].signatures.map(\.body))
                merged[index].signatures += component.signatures.filter { !known.contains($0.body) }
            } else if component.tag == .userID {
                // RFC 9580 §10.1: names come before subkeys.
                let end = merged.firstIndex { $0.tag == .publicSubkey } ?? merged.endIndex
                merged.insert(component, at: end)
            } else {
                merged.append(component)
            }
        }
        return merged.flatMap { $0.packet + $0.signatures.flatMap(\.packet) }
    }

    /// The new one without the subkeys that the old one has not.
    package static func restrict(
        _ new: [UInt8],
        toKeysOf old: [UInt8]
    ) throws(PacketError) -> [UInt8] {
        let known = Set(try components(old).map(\.body))
        return try components(new)
            .filter { $0.tag != .publicSubkey || known.contains($0.body) }
            .flatMap { $0.packet + $0.signatures.flatMap(\.packet) }
    }

    /// A certificate with its revocation, which is one signature and nothing else; nil
    /// if it is something else.
    ///
    /// - SeeAlso: [RFC 9580 §10.1.2](https://www.rfc-editor.org/rfc/rfc9580#section-10.1.2)
    package static func add(
        revocation bytes: [UInt8],
        to certificate: [UInt8]
    ) throws(PacketError) -> [UInt8]? {
        let added = try components(bytes)
        var all = try components(certificate)
        guard added.count == 1, added[0].tag == .signature, added[0].signatures.isEmpty,
            !all.isEmpty
        else { return nil }
        all[0].signatures.insert((added[0].body, added[0].packet), at: 0)
        return all.flatMap { $0.packet + $0.signatures.flatMap(\.packet) }
    }

    private static func components(_ bytes: [UInt8]) throws(PacketError) -> [Component] {
        var reader = PacketReader(bytes)
        var result: [Component] = []
        while let packet = try reader.next() {
            let (body, whole) = (Array(bytes[packet.body]), Array(bytes[packet.range]))
            if packet.tag == .signature, !result.isEmpty {
                result[result.endIndex - 1].signatures.append((body, whole))
            } else {
                result.append(Component(tag: packet.tag, body: body, packet: whole))
            }
        }
        return result
    }
}
