/// How many posts of a person are accepted on a day (`max_daily_posts`).
public struct DailyPostLimit: Sendable, Hashable {
    let maximum: Int

    /// The limit that a list's settings give; 0 for none.
    public init(_ settings: ListSettings) {
        maximum = settings.dailyPosts
    }

    /// Whether any number is accepted.
    public var isUnlimited: Bool { maximum <= 0 }

    /// Whether one more is accepted of who has had so many that day; owners and moderators
    /// are not limited.
    public func allows(_ accepted: Int, of roles: Subscriber.Roles) -> Bool {
        isUnlimited || !roles.isDisjoint(with: .deciders) || accepted < maximum
    }
}
