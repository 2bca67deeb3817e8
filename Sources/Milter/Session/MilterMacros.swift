/// A copy of the macros of one event, which stays valid after the event.
///
/// libmilter frees its own values at the next event. The copy contains only macros
/// that belong to the event, so that no session reads a value of an earlier one.
public struct MilterMacros: Sendable, Hashable {
    private let values: [MilterMacro: String]

    /// Makes the macros of an event from their values.
    public init(_ values: [MilterMacro: String] = [:]) {
        self.values = values
    }

    /// The value; nil if the MTA did not send it or if it does not belong to this event.
    public subscript(_ macro: MilterMacro) -> String? { values[macro] }
}
