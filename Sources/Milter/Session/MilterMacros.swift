/// The macros of one event, copied: they stay what they are after it.
///
/// libmilter's own values live until the next event and then point into freed
/// memory, and a stale one is worse than none; so only those are copied that
/// belong to the event.
public struct MilterMacros: Sendable, Hashable {
    private let values: [MilterMacro: String]

    /// Makes a set of macros.
    public init(_ values: [MilterMacro: String] = [:]) {
        self.values = values
    }

    /// The value, or nil if the MTA did not tell it or it is not of this event.
    public subscript(_ macro: MilterMacro) -> String? { values[macro] }
}
