/// An enhanced status code, which tells a program the reason of a reply: `5.7.1`.
///
/// - SeeAlso: [RFC 3463 §2](https://www.rfc-editor.org/rfc/rfc3463#section-2)
public struct EnhancedStatusCode: Sendable, Hashable, CustomStringConvertible {
    /// 2 for success, 4 for a persistent transient failure, 5 for a permanent failure.
    public let statusClass: Int
    /// The subject, such as 1 for addressing, 3 for the mail system, 7 for security.
    public let subject: Int
    /// The detail within the subject.
    public let detail: Int

    /// Makes a code without checking the ranges of its numbers.
    public init(_ statusClass: Int, _ subject: Int, _ detail: Int) {
        self.statusClass = statusClass
        self.subject = subject
        self.detail = detail
    }

    /// Parses `5.7.1`; nil if the text is not a code of class 2, 4 or 5.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(Self.isDigit)
            }),
            let statusClass = Int(parts[0]), [2, 4, 5].contains(statusClass),
            let subject = Int(parts[1]), let detail = Int(parts[2])
        else { return nil }
        self.init(statusClass, subject, detail)
    }

    /// The code as SMTP writes it, `5.7.1`.
    public var description: String { "\(statusClass).\(subject).\(detail)" }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }
}
