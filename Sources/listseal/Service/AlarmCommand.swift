import Administration
import ArgumentParser
import MailingList

/// The command `listseal alarm`.
struct AlarmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarm",
        abstract: "End an alarm that you have looked at; 'status' prints the alarms.",
        subcommands: [AlarmEnd.self]
    )
}

/// The command `listseal alarm end`.
struct AlarmEnd: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "End an alarm until it is raised anew.",
        discussion: "The daemon raises it again if the reason is still there."
    )

    @Argument(help: "Its name: \(Alarm.allCases.map(\.rawValue).joined(separator: ", ")).")
    var name: String
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[String: Bool]> {
        guard let alarm = Alarm(rawValue: name) else {
            throw ActFailure(
                .malformed,
                "there is no alarm \(name)",
                hint: "'listseal status' prints the alarms with their names"
            )
        }
        return try host.acknowledge(alarm)
    }

    func lines(of report: [String: Bool]) -> [String] {
        [
            report["acknowledged"] == true
                ? "the alarm \(name) is over" : "there was no such alarm"
        ]
    }
}
