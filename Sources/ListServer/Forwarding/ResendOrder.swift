import Foundation
import MIME
import MailingList
import SMTP

/// The forwarding lines of a post, and the text that external contacts receive.
///
/// The lines are at the start of the text, in Schleuder's syntax:
///
/// ```
/// X-Resend: rita@press.example, paul@press.example
/// X-Resend-Unencrypted: info@press.example
/// X-List-Name: team@lists.example
/// ```
struct ResendOrder: Sendable {
    /// One address.
    struct Recipient: Sendable, Hashable {
        let address: EmailAddress
        /// Whether the author allows sending in clear.
        let mayBeClear: Bool
    }

    /// The most addresses in one post.
    static let maximumRecipients = 10
    /// The number of lines at the start that are searched.
    private static let maximumLines = 20
    /// The longest text, in octets.
    private static let maximumText = 10 << 20
    private static let names = [
        "x-resend": false, "x-resend-encrypted-only": false, "x-resend-enc": false,
        "x-resend-unencrypted": true,
    ]

    /// The longest line, in octets.
    private static let maximumLine = 4096
    /// The most invalid addresses that are reported.
    private static let maximumFaults = 20

    /// The list that a line names, for mail programs that do not sign To.
    let list: EmailAddress?
    /// The addresses in order, without duplicates.
    let recipients: [Recipient]
    /// The words that are not valid addresses.
    let faults: [String]
    /// The text after the lines.
    let text: String
    /// The other parts of the post, without keys and other forms of the same text.
    let attachments: [[UInt8]]

    /// Reads the lines of a post whose signature has been removed; nil if there are none.
    init?(in entity: [UInt8]) {
        guard let root = try? Message(entity).root, let (part, attachments) = Self.parts(root),
            let text = try? part.decodedText(limit: Self.maximumText)
        else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var recipients: [Recipient] = []
        var faults: [String] = []
        var isOrdered = false
        var list: EmailAddress?
        for _ in 0..<Self.maximumLines {
            guard let line = lines.first else { break }
            if line.utf8.count > Self.maximumLine {
                guard let colon = line.prefix(Self.maximumLine).firstIndex(of: ":"),
                    Self.names[line[..<colon].lowercased()] != nil
                else { break }
                isOrdered = true
                faults.append("a line of \(line.utf8.count) octets")
            } else if let name = Self.listName(line) {
                list = EmailAddress(name)
            } else if let (isClear, words) = Self.order(line) {
                isOrdered = true
                for word in words {
                    guard let address = EmailAddress(String(word)),
                        recipients.count < Self.maximumRecipients
                    else {
                        if faults.count < Self.maximumFaults {
                            faults.append(String(word.prefix(100)))
                        }
                        continue
                    }
                    guard !recipients.contains(where: { $0.address.key == address.key }) else {
                        continue
                    }
                    recipients.append(Recipient(address: address, mayBeClear: isClear))
                }
            } else if !line.allSatisfy(\.isWhitespace) || isOrdered {
                break
            }
            lines = lines.dropFirst()
        }
        guard isOrdered else { return nil }
        self.list = list
        self.recipients = recipients
        self.faults = faults
        self.text = lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
        self.attachments = attachments.filter { !Self.tellsTales($0) }.map { Array($0.bytes) }
    }

    // Mail programs attach the author's key, which would reveal the author. They also add
    // the text as HTML with the forwarding lines, which would reveal the other recipients.
    private static func tellsTales(_ part: Part) -> Bool {
        part.selfAndDescendants.contains { part in
            if part.contentType.isType("application", "pgp-keys") { return true }
            guard part.children.isEmpty,
                let octets = try? part.decodedBody(limit: maximumText)
            else { return false }
            let start = String(decoding: octets.prefix(8192), as: UTF8.self)
            return start.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----")
                || part.contentType.type == "text" && start.lowercased().contains("x-resend")
        }
    }

    private static func listName(_ line: Substring) -> String? {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "x-list-name" else { return nil }
        return String(parts[1].filter { !$0.isWhitespace })
    }

    private static func order(_ line: Substring) -> (isClear: Bool, words: [Substring])? {
        guard let colon = line.firstIndex(of: ":"),
            let isClear = names[line[..<colon].lowercased()]
        else { return nil }
        let words = line[line.index(after: colon)...]
            .split { $0.isWhitespace || $0 == "," || $0 == ";" }
        return (isClear, words.map { $0.trimmed(of: "<>") })
    }

    // The text part and the other parts.
    private static func parts(_ root: Part) -> (Part, [Part])? {
        if root.contentType.isType("text", "plain") { return (root, []) }
        if root.contentType.isType("multipart", "alternative") {
            return root.children.first { $0.contentType.isType("text", "plain") }.map { ($0, []) }
        }
        guard root.contentType.isType("multipart", "mixed"), let first = root.children.first,
            !first.contentType.isType("multipart", "mixed"), let (text, _) = parts(first)
        else { return nil }
        return (text, Array(root.children.dropFirst()))
    }
}

extension Substring {
    fileprivate func trimmed(of characters: String) -> Substring {
        var text = self
        while let first = text.first, characters.contains(first) { text = text.dropFirst() }
        while let last = text.last, characters.contains(last) { text = text.dropLast() }
        return text
    }
}
