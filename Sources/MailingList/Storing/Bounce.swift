public import SMTP

/// That a copy came back, and why, as far as the report says.
public struct Bounce: Sendable, Hashable {
    /// What it says of the address.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The address takes no mail, today and tomorrow.
        case hard
        /// It may take mail another day.
        case soft
        /// The address takes mail. The other server refused this copy for its content or size.
        ///
        /// It never suspends delivery. Owners are told, because a subscriber misses a post.
        case content
    }

    /// Characters of ``detail``.
    public static let maximumDetail = 200

    /// What it says of the address.
    public let kind: Kind
    /// The code that says why.
    public let status: EnhancedStatusCode?
    /// What the other server said: printable ASCII, cut.
    public let detail: String

    /// Puts them side by side.
    public init(kind: Kind, status: EnhancedStatusCode?, detail: String) {
        self.kind = kind
        self.status = status
        let visible = detail.unicodeScalars.map { scalar in
            (0x20..<0x7f).contains(scalar.value) ? Character(scalar) : " "
        }
        self.detail = String(String(visible).prefix(Self.maximumDetail))
    }

    /// The kind of a failure that ended the delivery; nil if the code reports no failure.
    ///
    /// Only the codes that say that a mailbox or its domain does not exist are hard. A copy that
    /// is too large, whose content a filter refuses, or whose author another server does not
    /// accept, is no reason to suspend delivery: 5.1.7, 5.1.8, 5.2.3, 5.3.4, 5.6.x and 5.7.x are
    /// ``Kind/content``. All others are soft: a full mailbox is emptied some day, a host comes
    /// back, and 5.0.0 says nothing.
    ///
    /// - SeeAlso: [RFC 3463 §3](https://www.rfc-editor.org/rfc/rfc3463#section-3)
    public static func kind(ofFailure status: EnhancedStatusCode?) -> Kind? {
        guard let status else { return .soft }
        return switch (status.statusClass, status.subject, status.detail) {
        case (2, _, _): nil
        case (_, 1, 7), (_, 1, 8), (_, 2, 3), (_, 3, 4), (_, 6, _), (_, 7, _): .content
        case (4, _, _): .soft
        // 5.1.10 is Microsoft's for a recipient that is not found.
        case (_, 1, 0), (_, 1, 1), (_, 1, 2), (_, 1, 3), (_, 1, 6), (_, 1, 10), (_, 2, 1): .hard
        default: .soft
        }
    }
}

/// Who is told that bounces have stopped somebody's copies.
public enum SuspensionReader: Sendable, Hashable, CaseIterable {
    /// The owners, within a day.
    case owners
    /// The person, when their mailbox may work again.
    case person
}
