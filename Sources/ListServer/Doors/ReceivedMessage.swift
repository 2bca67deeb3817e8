/// A message as a door received it: CRLF throughout, nothing decoded.
public struct ReceivedMessage: Sendable {
    /// Header, empty line and body, or as much of it as was kept.
    public let bytes: [UInt8]
    /// Where the body begins.
    public let bodyStart: Int
    /// Octets as received; more than ``bytes`` has if it was too large to keep.
    public let size: Int
    /// Whether nobody is to be told what becomes of it: a program wrote it.
    ///
    /// - SeeAlso: [RFC 3834 §3.3](https://www.rfc-editor.org/rfc/rfc3834#section-3.3)
    public var hasNullReversePath = false
    /// The address of the client that gave it to the MTA, if the MTA tells.
    public var clientAddress: String?

    /// Takes a message that was put together from header fields and body.
    public init(header: [UInt8], body: [UInt8], size: Int) {
        bytes = header + [0x0d, 0x0a] + body
        bodyStart = header.count + 2
        self.size = size
    }

    /// Takes a message whose body begins at this index, or the beginning of one of this size.
    init(bytes: [UInt8], bodyStart: Int, size: Int) {
        self.bytes = bytes
        self.bodyStart = bodyStart
        self.size = size
    }

    /// Takes a whole message, or the beginning of one of this size, and finds its empty line.
    public init(bytes: [UInt8], size: Int? = nil) {
        self.bytes = bytes
        self.size = size ?? bytes.count
        bodyStart = Self.bodyStart(in: bytes)
    }

    /// The octets behind the empty line.
    public var body: ArraySlice<UInt8> { bytes[min(bodyStart, bytes.count)...] }

    /// The value of the first Message-ID field, folds removed.
    ///
    /// Read without parsing the header: the receipt is asked before anything
    /// else is done, also of mail that no parser takes.
    var messageID: String? { firstValue(of: "message-id") }

    /// What tells two mails with commands apart: many have the same words, and some no
    /// Message-ID.
    var commandIdentity: String {
        ["message-id", "from", "subject", "date"].map { firstValue(of: $0) ?? "" }
            .joined(separator: "\0")
    }

    /// The queue id in the topmost Received field, which Postfix here has written.
    ///
    /// By LMTP it names the queue id only of mail that came by SMTP.
    ///
    /// - SeeAlso: [RFC 5321 §4.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.4)
    var queueID: String? {
        let words = (firstValue(of: "received") ?? "").split(whereSeparator: \.isWhitespace)
        guard let id = words.firstIndex(of: "id"), id + 1 < words.endIndex else { return nil }
        let text = words[id + 1].prefix { $0 != ";" }
        guard (6...Self.maximumQueueIDLength).contains(text.utf8.count),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return String(text)
    }

    private static let maximumQueueIDLength = 24

    private func firstValue(of name: String) -> String? {
        let header = String(decoding: bytes[..<min(bodyStart, bytes.count)], as: UTF8.self)
        var value: String?
        for line in header.split(whereSeparator: \.isNewline) {
            if let found = value {
                guard line.first == " " || line.first == "\t" else { return found }
                value =
                    (found.isEmpty ? "" : found + " ")
                    + line.trimmingPrefix(while: \.isWhitespace)
            } else if line.lowercased().hasPrefix(name + ":") {
                value = String(
                    line.dropFirst(name.count + 1).trimmingPrefix(while: \.isWhitespace)
                )
            }
        }
        return value
    }

    private static func bodyStart(in bytes: [UInt8]) -> Int {
        var lineStart = 0
        for index in bytes.indices where bytes[index] == 0x0a {
            let isEmpty =
                index == lineStart || (index == lineStart + 1 && bytes[lineStart] == 0x0d)
            if isEmpty { return index + 1 }
            lineStart = index + 1
        }
        return bytes.count
    }
}
