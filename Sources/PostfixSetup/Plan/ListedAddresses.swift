public import SMTP

/// The posting addresses that Postfix must accept.
public struct ListedAddresses: Sendable, Hashable {
    /// All posting addresses, including the additional ones of a list.
    public var lists: [EmailAddress]

    /// Makes the value from posting addresses in any order.
    public init(lists: [EmailAddress]) {
        self.lists = lists
    }

    /// The domains of the lists, in lower case, sorted and without duplicates.
    public var domains: [String] {
        Set(lists.map { $0.domain.lowercased() }).sorted()
    }

    /// Whether a list can have this address without another meaning in a Postfix table.
    ///
    /// In a table `#` starts a comment, a slash a pattern, and `|` a command. `!` and `%`
    /// are routes, and quotes have their own syntax.
    public static func isUsable(_ list: EmailAddress) -> Bool {
        !list.description.hasPrefix("\"") && !list.key.contains { "#!%$/|{}".contains($0) }
    }
}
