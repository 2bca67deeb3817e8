/// Merges two versions of one certificate, so that an older version undoes nothing: no
/// revocation and no change of an expiry.
///
/// Packets are combined and not verified. If two signatures contradict each other, GnuPG
/// uses the newest one, and always a revocation.
package enum CertificateMerge {
    /// A key or a user id, with the signatures that follow it.
    private struct Component {
        let tag: Packet.Tag
        let body: [UInt8]
        let packet: [UInt8]
        var signatures: [(body: [UInt8], packet: [UInt8])] = []

        func isSame(as other: Component) -> Bool { tag == other.tag && body == other.body }
    }

    /// The new version, with the packets that only the old version has.
    ///
    /// Both must have been scanned, which bounds them to some dozens of components.
    ///
    /// - Throws: ``PacketError`` if one of them is malformed.
    package static func merge(_ old: [UInt8], into new: [UInt8]) throws(PacketError) -> [UInt8] {
        var merged = try components(new)
        for component in try components(old) {
            if let index = merged.firstIndex(where: component.isSame(as:)) {
                let known = Set(merged[index].signatures.map(\.body))
                merged[index].signatures += component.signatures.filter { !known.contains($0.body) }
            } else if component.tag == .userID {
                // RFC 9580 §10.1: user ids come before subkeys.
                let end = merged.firstIndex { $0.tag == .publicSubkey } ?? merged.endIndex
                merged.insert(component, at: end)
            } else {
                merged.append(component)
            }
        }
        return merged.flatMap { $0.packet + $0.signatures.flatMap(\.packet) }
    }

    /// The new version without the subkeys that the old version does not have.
    ///
    /// - Throws: ``PacketError`` if one of them is malformed.
    package static func restrict(
        _ new: [UInt8],
        toKeysOf old: [UInt8]
    ) throws(PacketError) -> [UInt8] {
        let known = Set(try components(old).map(\.body))
        return try components(new)
            .filter { $0.tag != .publicSubkey || known.contains($0.body) }
            .flatMap { $0.packet + $0.signatures.flatMap(\.packet) }
    }

    /// The certificate with a revocation of its primary key; nil unless the revocation is
    /// exactly one signature packet.
    ///
    /// The signature is not verified.
    ///
    /// - Throws: ``PacketError`` if one of them is malformed.
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
