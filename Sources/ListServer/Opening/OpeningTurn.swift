/// The place that one message has among those that are being processed: in one queue at a
/// time, and in none when it ends.
struct OpeningTurn {
    private let openings: MessageOpenings
    private var held: OpeningSlots?

    init(_ openings: MessageOpenings) {
        self.openings = openings
    }

    /// Gives the place up, and waits for one in this queue; false if there is none to be had.
    ///
    /// Waiting takes the same time for everybody.
    mutating func begin(in slots: OpeningSlots, _ isPeerThere: () -> Bool) -> Bool {
        end()
        guard case .entered = openings.measuring({ slots.enter(isPeerThere: isPeerThere) })
        else { return false }
        held = slots
        return true
    }

    /// Gives the place up, if there is one.
    mutating func end() {
        held?.leave()
        held = nil
    }
}
