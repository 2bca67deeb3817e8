import Administration
import ArgumentParser

/// The command `listseal status`.
struct Status: ActCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the state of all lists; exit 2 if you must do something."
    )

    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<HostStatus> { try host.status() }

    func exitCode(for status: HostStatus) -> ExitCode {
        status.healthy ? .success : ExitCode(2)
    }

    func lines(of status: HostStatus) -> [String] {
        [
            status.healthy ? "everything is well" : "something needs your attention",
            "\(status.lists) lists, \(status.subscribers) people, \(status.owed) copies not "
                + "delivered" + (status.oldestOwed.map { " since \($0.readable)" } ?? ""),
        ]
            + (status.unusableKeys > 0
                ? ["\(status.unusableKeys) people receive no copies: their keys cannot be used"]
                : [])
            + status.listsWithoutReader.map {
                "\($0): no owner has a key that can be used; set one with "
                    + "'listseal subscriber set-key'"
            }
            + status.alarms.flatMap {
                ["\($0.alarm) since \($0.since.readable): \($0.detail)", "  \($0.advice)"]
            }
            + status.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }
}
