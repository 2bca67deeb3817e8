import Foundation
package import ListServer
import PostfixSetup

/// Asks the running daemon, on the socket in its state directory.
package struct DaemonConnection {
    private let path: String

    /// Names the daemon of a state directory, whether it runs or not.
    package init(to state: StateDirectory) {
        path = state.healthSocket
    }

    /// What the daemon says of itself, within so many seconds.
    ///
    /// Throws `POSIXError` if it does not run or does not answer, and an error of the decoder.
    package func health(patience: Int) throws -> HealthReport {
        try HealthReport(line: ask(.health, patience: patience))
    }

    /// The same; nil if the daemon does not run.
    func health(ifRunningWithin patience: Int) throws -> HealthReport? {
        do {
            return try health(patience: patience)
        } catch let error as POSIXError where [.ENOENT, .ECONNREFUSED].contains(error.code) {
            return nil
        }
    }

    /// Tells the daemon something.
    ///
    /// Returns false if it does not run; throws as ``health`` does.
    func tell(_ question: HealthQuestion) throws -> Bool {
        do {
            let answer = try ask(question, patience: StatusInspection.patience)
            guard answer == HealthQuestion.done else { throw POSIXError(.EPROTO) }
            return true
        } catch let error as POSIXError where [.ENOENT, .ECONNREFUSED].contains(error.code) {
            return false
        }
    }

    private func ask(_ question: HealthQuestion, patience: Int) throws -> String {
        var connection = try UnixSocketConnection(path: path, timeout: patience)
        return try connection.ask(question.line)
    }
}
