import Crypto
public import Foundation
public import OpenPGP
public import SMTP

/// The text that a person signs to prove a key: what they agree to, and for how long.
///
/// It binds list, address, key, action and token, so that an answer for one is none
/// for another. Every value is one word of visible ASCII: mail programs quote, wrap
/// and recode text, and none of that changes which words it has.
public struct Statement: Sendable, Hashable {
    /// The word that begins one; a new form gets a new word.
    public static let version = "openpgp-list-confirm-v1"
    /// Octets of a text in which a statement is looked for.
    static let maximumText = 256 << 10

    /// Names and values, in their order.
    private let fields: [(name: String, value: String)]

    /// Writes a statement.
    ///
    /// - Parameters:
    ///   - action: What it leads to, one word.
    ///   - list: The posting address.
    ///   - address: Whose key it is.
    ///   - fingerprint: The key that shall count.
    ///   - old: The key that it replaces, if it does.
    ///   - token: Proves that the person could read this.
    ///   - expires: When it ends.
    public init(
        action: String,
        list: EmailAddress,
        address: EmailAddress,
        fingerprint: Fingerprint,
        replacing old: Fingerprint?,
        token: WorkflowToken,
        expires: Date
    ) {
        var fields = [
            ("action", action), ("list", Self.word(list.description)),
            ("address", Self.word(address.description)),
            ("fingerprint", fingerprint.description),
        ]
        if let old { fields.append(("old-fingerprint", old.description)) }
        fields += [("token", token.description), ("expires", expires.formatted(.iso8601))]
        self.fields = fields
    }

    /// Finds the one statement in a text; nil if there is none, or more than one.
    ///
    /// - Parameter text: What was signed, with whatever the mail program has done to it.
    public init?(in text: String) {
        guard text.utf8.count <= Self.maximumText else { return nil }
        var words: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) {
            words += line.drop { Self.quotation.contains($0) }.split(whereSeparator: \.isWhitespace)
        }
        guard let start = words.firstIndex(where: { $0 == Self.version }),
            words.lastIndex(where: { $0.contains(Self.version) }) == start
        else { return nil }
        var rest = words[(start + 1)...]
        var fields: [(String, String)] = []
        for name in Self.names {
            guard rest.count >= 2, rest[rest.startIndex] == name + ":" else {
                if name == "old-fingerprint" { continue }
                return nil
            }
            fields.append((name, String(rest[rest.startIndex + 1])))
            rest = rest.dropFirst(2)
        }
        self.fields = fields
    }

    /// The text that is signed, a line for each field.
    public var text: String {
        ([Self.version] + fields.map { "\($0.name): \($0.value)" }).joined(separator: "\n")
    }

    /// The token in it, if it has the form of one.
    public var token: WorkflowToken? {
        fields.first { $0.name == "token" }.flatMap { WorkflowToken($0.value) }
    }

    /// What the store keeps of it: another word anywhere is another statement.
    public var digest: [UInt8] {
        Array(SHA256.hash(data: Data("listseal statement 1\0\(text)".utf8)))
    }

    /// Whether a text has a line that reads like a statement of a list.
    ///
    /// The list signs what it seals: it must not be led to sign an answer to
    /// somebody's challenge.
    public static func isHinted(in text: String) -> Bool { text.contains(version) }

    /// The same text, which reads like no statement any more.
    public static func defused(_ text: String) -> String {
        text.replacing(version, with: version.replacing("-", with: "_"))
    }

    /// Same words are the same statement.
    public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    /// Hashes the words.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    private static let names = [
        "action", "list", "address", "fingerprint", "old-fingerprint", "token", "expires",
    ]
    private static let quotation: Set<Character> = [">", "|", " ", "\t", "\u{a0}"]

    // Percent-encoded where a mail program could break or recode it.
    private static func word(_ text: String) -> String {
        text.utf8.map { octet in
            (0x21...0x7e).contains(octet) && octet != UInt8(ascii: "%")
                ? String(UnicodeScalar(octet))
                : "%" + String(UInt32(octet) + 0x100, radix: 16, uppercase: true).suffix(2)
        }.joined()
    }
}
