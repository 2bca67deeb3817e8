import ArgumentParser
import SMTP

/// OpenPGP-encrypted mailing lists inside Postfix.
@main
struct Listseal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listseal",
        abstract: "OpenPGP-encrypted mailing lists inside Postfix.",
        discussion: """
            Exit codes: 0 done; 1 failed, and nothing was changed unless it says so; 2 done, and \
            something needs your attention ('postfix check'); 64 wrong usage. 'status' exits 0 if \
            everything works, 1 if something is degraded, 2 if mail stands still or is at risk.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, RunSteps.self, Explain.self, ListCommand.self, Lists.self,
            SubscriberCommand.self, Subscribers.self, ExternalContactCommand.self,
            ExternalContacts.self,
            Archive.self, WorkflowCommand.self, Workflows.self, Held.self, Queue.self,
            LogCommand.self, Refresh.self,
            Status.self, AlarmCommand.self, AcceptClock.self, RenewDigestKey.self,
            PostfixCommand.self,
            WKD.self,
        ]
    )

    /// Runs the command of the arguments, and exits as it says.
    ///
    /// What an error names may be anybody's text, so it is printed as visible text.
    static func main() {
        ProcessHardening.forbidCrashReports()
        do {
            var command = try parseAsRoot()
            do {
                try command.run()
            } catch  where !isOwn(error) {
                throw VisibleError(description: message(for: error).visibleLines)
            }
        } catch {
            exit(withError: error)
        }
    }

    private static func isOwn(_ error: any Error) -> Bool {
        error is ExitCode || error is CleanExit || error is ValidationError
    }

    private struct VisibleError: Error, CustomStringConvertible {
        let description: String
    }
}
