/// What kind of value a setting has.
public enum SettingType: Sendable, Hashable, CustomStringConvertible {
    /// What a number counts.
    public enum Unit: Sendable, Hashable, CaseIterable {
        /// Octets of a message.
        case bytes
        /// Seconds.
        case seconds
        /// Days.
        case days
        /// Posts.
        case posts
    }

    /// Text of at most so many characters; `\n` begins a line if it may have several.
    case text(maximum: Int, hasLines: Bool)
    /// `true` or `false`.
    case flag
    /// One of these words.
    case choice([String])
    /// A whole number.
    case number(Unit, ClosedRange<Int>)
    /// `none`, or some of these words; `all` too if that is said.
    case words([String], hasAll: Bool)
    /// `none`, or domains; on the host only.
    case domains(maximum: Int)
    /// The name of a policy, or steps that end with a proven key.
    case subscriptionSteps
    /// `key-confirm`, with other steps before or after it.
    case keyChangeSteps
    /// `verify-address`, with other steps after it.
    case leaveSteps

    /// The kind in the words of a language.
    public func text(in language: TextLanguage) -> String { language.words.type(self) }

    /// The kind in English, for the host and the manual.
    public var description: String { text(in: .english) }
}
