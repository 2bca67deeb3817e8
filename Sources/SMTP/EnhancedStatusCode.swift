/// The three numbers that say why, to a program: `5.7.1`.
///
/// - SeeAlso: [RFC 3463 §2](https://www.rfc-editor.org/rfc/rfc3463#section-2)
public struct EnhancedStatusCode: Sendable, Hashable, CustomStringConvertible {
    /// 2 success, 4 try again, 5 final.
    public let statusClass: Int
    /// What it is about: 1 addressing, 3 mail system, 7 security.
    public let subject: Int
    /// The detail within the subject.
    public let detail: Int

    /// Makes a code from its three numbers.
    public init(_ statusClass: Int, _ subject: Int, _ detail: Int) {
        self.statusClass = statusClass
        self.subject = subject
        self.detail = detail
    }

    /// Reads `5.7.1`, or returns nil.
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

    /// The code with its dots.
    public var description: String { "\(statusClass).\(subject).\(detail)" }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }
}
