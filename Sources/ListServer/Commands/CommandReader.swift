import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// Reads an opened message as a mail with commands.
enum CommandReader {
    /// Octets of a text that is read.
    static let maximumText = 256 << 10
    /// Octets of a key, in armor.
    static let maximumKey = 256 << 10
    /// Keys that are counted.
    static let maximumKeys = 4

    /// - Parameters:
    ///   - opened: What was found.
    ///   - messageID: As it arrived.
    ///   - list: Its own key in a reply is nobody's.
    /// - Returns: The mail as commands see it.
    static func mail(
        _ opened: OpenedMessage,
        messageID: String?,
        list: MailingList
    ) -> CommandMail {
        let root = opened.content.flatMap { try? Message($0.entity).root }
        let parts = (root?.selfAndDescendants ?? []).filter(\.children.isEmpty)
        let text = parts.lazy.filter { $0.contentType.isType("text", "plain") }
            .compactMap { (try? $0.decodedText(limit: maximumText)) ?? nil }.first
        var keys = parts.flatMap(Self.keys)
        let isAttached = !keys.isEmpty
        if keys.isEmpty, let key = opened.outside.autocryptKey { keys = [key] }
        var seen: Set<[UInt8]> = []
        var mail = CommandMail(
            from: opened.outside.from.count == 1 ? opened.outside.from.first : nil,
            subject: opened.content?.subject ?? "",
            text: text ?? "",
            messageID: messageID
        )
        mail.keys = Array(
            keys.filter { !isOwn($0, of: list) && seen.insert($0).inserted }.prefix(maximumKeys)
        )
        mail.listKeys = Array(keys.filter { isOwn($0, of: list) }.prefix(maximumKeys))
        mail.isSubjectSigned = opened.protected.coversSubject
        mail.areKeysSigned = isAttached && opened.signatures.verifier != nil
        mail.signer = opened.signatures.verifier
        return mail
    }

    // Under any media type: programs write octet-stream, text/plain, even pgp-encrypted.
    private static func keys(in part: Part) -> [[UInt8]] {
        guard !part.contentType.isType("application", "pgp-signature"),
            let body = try? part.decodedBody(limit: maximumKey)
        else { return [] }
        let blocks = armorBlocks(in: body)
        if !blocks.isEmpty { return blocks }
        let isKey =
            part.contentType.isType("application", "pgp-keys")
            || part.contentType.type == "application" && scan(body) != nil
        return isKey && !body.isEmpty ? [body] : []
    }

    // Also a secret key: whoever sends it must be told.
    private static func armorBlocks(in body: [UInt8]) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var block: [UInt8]?
        for line in body.split(separator: 0x0a, omittingEmptySubsequences: false) {
            let text = line.last == 0x0d ? line.dropLast() : line
            if text.starts(with: "-----BEGIN PGP PUBLIC KEY BLOCK-----".utf8)
                || text.starts(with: "-----BEGIN PGP PRIVATE KEY BLOCK-----".utf8)
            {
                block = []
            }
            guard block != nil else { continue }
            block?.append(contentsOf: text)
            block?.append(contentsOf: [0x0d, 0x0a])
            if text.starts(with: "-----END PGP ".utf8), let done = block {
                blocks.append(done)
                block = nil
            }
            if blocks.count >= maximumKeys { break }
        }
        return blocks
    }

    private static func isOwn(_ key: [UInt8], of list: MailingList) -> Bool {
        let packets = Armor.isArmored(key) ? try? Armor.dearmor(key, kind: .publicKey) : key
        guard let packets, let scan = scan(packets) else { return false }
        return scan.primary.fingerprint == list.fingerprint
    }

    // What other people added to a key makes it no other key.
    private static func scan(_ packets: [UInt8]) -> CertificateScan? {
        try? CertificateScan(CertificateReduction.reduce(packets))
    }
}
