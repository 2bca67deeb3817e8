import MIME
import OpenPGP
import SMTP

/// The parsers that read what strangers send, each as one entry for a fuzzer.
///
/// `Tests/fuzz` runs them under libFuzzer, and the unit tests a short round from
/// the same seeds. What is found becomes a test with a name.
public enum FuzzEntry: String, Sendable, CaseIterable {
    /// A message: slicing, decoding, header protection, PGP/MIME and inline PGP.
    case mail
    /// Armor of every kind.
    case armor
    /// Packets outside the encryption, and detached signatures.
    case outside
    /// Packets that came out of the encryption.
    case inside
    /// A certificate, and a session-key packet for each of its keys.
    case certificate
    /// Values of header fields, and addresses.
    case field

    /// Reads some octets; traps if anything is wrong.
    public func run(_ bytes: [UInt8]) {
        switch self {
        case .mail: slice(bytes)
        case .armor: dearmor(bytes)
        case .outside: scanOutside(bytes)
        case .inside: scanInside(bytes)
        case .certificate: readCertificate(bytes)
        case .field: readFields(String(decoding: bytes, as: UTF8.self))
        }
    }
}

private func slice(_ bytes: [UInt8]) {
    guard let message = try? Message(bytes) else { return }
    _ = DeliveryReport(message.root)
    if let narrow = (try? Message(message.root.contentEntity))?.root.sevenBitEntity {
        precondition(narrow.allSatisfy { $0 < 0x80 })
        precondition((try? Message(narrow)) != nil)
    }
    var pending = [message.root]
    while let part = pending.popLast() {
        pending += part.children
        precondition(part.body.endIndex == part.bytes.endIndex)
        _ = try? part.decodedBody(limit: 100_000)
        _ = try? part.decodedText(limit: 100_000)
        _ = ProtectedHeader(payload: part)
        _ = PGPMIME(part, limit: 100_000)
        _ = InlinePGP(part, limit: 100_000)
        _ = part.contentEntity
    }
}

private func dearmor(_ bytes: [UInt8]) {
    for kind in ArmorKind.allCases {
        guard let packets = try? Armor.dearmor(bytes, kind: kind) else { continue }
        precondition(
            (try? Armor.dearmor(Armor.armor(packets, kind: kind), kind: kind)) == packets
        )
    }
}

private func scanOutside(_ bytes: [UInt8]) {
    _ = try? EncryptedMessageScan(bytes)
    _ = try? DetachedSignatureScan(bytes)
}

private func scanInside(_ bytes: [UInt8]) {
    _ = try? UnwrappedMessage(bytes, limit: 1 << 20)
    _ = try? SignedMessageScan(bytes)
}

private func readCertificate(_ bytes: [UInt8]) {
    guard let scan = try? CertificateScan(bytes),
        let key = SessionKey(gnupg: "9:" + String(repeating: "00", count: 32))
    else { return }
    for recipient in scan.keys { _ = try? EncryptionKey(recipient).sessionKeyPacket(for: key) }
}

private func readFields(_ text: String) {
    if let mailboxes = Mailbox.list(text) {
        for mailbox in mailboxes { precondition(EmailAddress("\(mailbox.address)") != nil) }
    }
    _ = MessageDate.parse(text)
    _ = MessageID.list(text)
    _ = ContentType(text)
    _ = EmailAddress(text)
    _ = ReversePath(argument: text)
}
