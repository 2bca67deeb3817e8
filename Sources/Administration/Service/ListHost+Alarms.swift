package import Foundation
import ListServer
package import MailingList

/// A time that the store had seen, and the host's time, which it believes from now on.
package struct AcceptedClock: Sendable, Hashable, Encodable {
    /// The latest time that the store had seen.
    package let seen: Date?
    /// The time that it believes.
    package let accepted: Date
}

extension ListHost {
    /// Ends an alarm that somebody has looked at; it is raised anew if its reason is still there.
    ///
    /// The result says whether there was one. Throws what the store throws, and `POSIXError` if
    /// the daemon does not answer.
    package func acknowledge(_ alarm: Alarm) throws -> ActResult<[String: Bool]> {
        let wasRaised = try store.status(now: clock()).alarms.contains { $0.alarm == alarm }
        let known = try DaemonConnection(to: state).health(ifRunningWithin: 15)?.alarms ?? []
        try store.clear(alarm)
        _ = try DaemonConnection(to: state).tell(.acknowledge(alarm))
        return ActResult(
            ["acknowledged": wasRaised || known.contains { $0.alarm == alarm.rawValue }]
        )
    }

    /// Makes the store and the running daemon believe the host's clock.
    ///
    /// Only if a later time was wrong: else old signatures are fresh again. Throws what the store
    /// throws, and `POSIXError` if the daemon does not answer.
    package func acceptClock() throws -> ActResult<AcceptedClock> {
        let report = AcceptedClock(seen: try store.latestTime(), accepted: clock())
        try store.acceptTime(report.accepted)
        try store.clear(.clock)
        _ = try DaemonConnection(to: state).tell(.acceptClock)
        return ActResult(report)
    }
}
