import Administration
import ArgumentParser

/// The command `listseal accept-clock`.
struct AcceptClock: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-clock",
        abstract: "Tell the store that the clock is right again after a wrong later time.",
        discussion: "Only if that time was wrong: else signatures from long ago are fresh again."
    )

    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<AcceptedClock> { try host.acceptClock() }

    func lines(of clock: AcceptedClock) -> [String] {
        [
            "the store had seen \(clock.seen?.readable ?? "no time"), and believes "
                + clock.accepted.readable
        ]
    }
}
