import Administration
import ArgumentParser

/// The command `listseal status`.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether the lists work, and what you must do if they do not.",
        discussion: """
            The command asks the daemon, connects to the sockets of both doors as Postfix does, and \
            looks at the database, the keys, the disk and Postfix's configuration. It changes \
            nothing and makes no state. Exit codes: 0 everything works; 1 something is degraded: \
            some mail or some people are affected; 2 mail stands still or is at risk. With --json \
            each finding has a kind, a severity, a text and a hint.
            """
    )

    @OptionGroup var options: ActOptions

    func run() throws {
        let inspection = StatusInspection(of: options.state.directory) {
            try options.state.existingStore()
        }
        let result = inspection.status()
        try options.output.print(result, or: lines)
        switch result.report.severity {
        case .well: return
        case .degraded: throw ExitCode(1)
        case .critical: throw ExitCode(2)
        }
    }

    private func lines(of status: HostStatus) -> [String] {
        let head =
            switch status.severity {
            case .well: "everything is well"
            case .degraded: "degraded: something needs your attention"
            case .critical: "critical: mail stands still or is at risk"
            }
        let findings = status.findings.flatMap {
            ["\($0.severity.rawValue): \($0.kind): \($0.what)", "  \($0.hint)"]
        }
        guard status.isDatabaseRead else { return [head] + findings }
        return [
            head,
            "\(status.lists) lists, \(status.subscribers) people, \(status.owed) copies not "
                + "delivered" + (status.oldestOwed.map { " since \($0.readable)" } ?? ""),
        ] + findings
            + status.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }
}
