public import SMTP

/// The posting addresses that Postfix shall know.
public struct ListedAddresses: Sendable, Hashable {
    /// Each posting address, those beside a list's own too.
    public var lists: [EmailAddress]

    /// Takes the posting addresses, in any order.
    public init(lists: [EmailAddress]) {
        self.lists = lists
    }

    /// The domains of the lists, in lower case, each once, in order.
    public var domains: [String] {
        Set(lists.map { $0.domain.lowercased() }).sorted()
    }

    /// Whether a list can have this address: Postfix reads it as it is meant.
    ///
    /// In a table `#` begins a comment and a slash a pattern; `!` and `%` are
    /// routes, `|` a command, and quotes another syntax.
    public static func isUsable(_ list: EmailAddress) -> Bool {
        !list.description.hasPrefix("\"") && !list.key.contains { "#!%$/|{}".contains($0) }
    }
}
