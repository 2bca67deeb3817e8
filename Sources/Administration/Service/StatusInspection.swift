package import Foundation
package import ListServer
package import MailingList
import PostfixSetup
import Unix

/// Looks at everything that the lists of a host depend on, and changes nothing.
///
/// It asks the daemon, connects to both doors as Postfix does, and reads the database itself, so
/// that each of them is found out if it does not work.
package struct StatusInspection {
    /// Seconds that the daemon has for an answer: it waits for the database at most five.
    static let patience = 15

    let state: StateDirectory
    let store: Result<(any ListStore)?, any Error>
    let now: Date

    /// Looks at a state directory.
    ///
    /// - Parameters:
    ///   - state: The directory.
    ///   - now: The time.
    ///   - open: Opens the database; nil if there is none and none was in use.
    package init(
        of state: StateDirectory,
        now: Date = Date(),
        opening open: () throws -> (any ListStore)?
    ) {
        self.state = state
        self.now = now
        store = Result { try open() }
    }

    /// Says how the host is; it never throws, since what cannot be looked at is a finding.
    package func status() -> ActResult<HostStatus> {
        var findings: [StatusFinding] = []
        let stored = stored(&findings)
        let installation = installation(&findings)
        if case .success(nil) = store {
            return ActResult(HostStatus(nil, alarms: [], findings: findings))
        }
        let health = health(&findings)
        let lists = (try? store.get()?.lists()) ?? []
        findings += doorFindings(installation, health)
        findings += postfixFindings(installation, lists)
        findings += fileFindings(lists, installation)
        if let stored { findings += storedFindings(stored.status) }
        if let failure = health?.storeFailure {
            findings.append(
                StatusFinding(
                    "database",
                    .critical,
                    "the daemon cannot write the database: \(failure)",
                    hint: "mail waits in Postfix's queue until it can"
                )
            )
        }
        let alarms = alarms(stored?.status.alarms ?? [], health?.alarms ?? [])
        findings += alarms.map {
            StatusFinding(
                $0.alarm,
                Alarm(rawValue: $0.alarm)?.severity ?? .degraded,
                "since \($0.since.readable): \($0.detail)",
                hint: $0.advice
            )
        }
        return ActResult(HostStatus(stored, alarms: alarms, findings: findings))
    }

    private func stored(
        _ findings: inout [StatusFinding]
    ) -> (status: StoreStatus, counts: [ListCounter: Int])? {
        do {
            if let store = try store.get() {
                return (try store.status(now: now), try store.counts())
            }
            findings.append(
                StatusFinding(
                    "state",
                    .critical,
                    "there are no lists in \(state.path)",
                    hint: "name the state directory with --state, or make a list with "
                        + "'listseal list create'"
                )
            )
        } catch {
            findings.append(
                StatusFinding(
                    "database",
                    .critical,
                    "the database cannot be read: \(PlainWords.of(error))",
                    hint: "mail waits in Postfix's queue until it can"
                )
            )
        }
        return nil
    }

    private func installation(_ findings: inout [StatusFinding]) -> PostfixInstallation? {
        do {
            if let installation = try PostfixInstallation.load(state: state.path) {
                return installation
            }
            findings.append(
                StatusFinding(
                    "postfix",
                    .critical,
                    "no Postfix is attached: no mail reaches the lists",
                    hint: "run 'listseal postfix setup' as root"
                )
            )
        } catch {
            findings.append(
                StatusFinding(
                    "postfix",
                    .critical,
                    PlainWords.of(error),
                    hint: "run 'listseal postfix setup' as root"
                )
            )
        }
        return nil
    }

    /// What the daemon says; a finding if it says nothing.
    private func health(_ findings: inout [StatusFinding]) -> HealthReport? {
        do {
            return try DaemonConnection(to: state).health(patience: Self.patience)
        } catch {
            let isAbsent = [.ENOENT, .ECONNREFUSED].contains((error as? POSIXError)?.code)
            findings.append(
                StatusFinding(
                    "daemon",
                    .critical,
                    isAbsent
                        ? "the daemon does not run: list mail waits in Postfix's queue"
                        : "the daemon does not answer: \(PlainWords.of(error))",
                    hint: "see its log, then 'systemctl restart listseal'"
                )
            )
            return nil
        }
    }

    // An alarm of the daemon's is in the database too, unless that could not be written.
    private func alarms(
        _ stored: [StoreStatus.RaisedAlarm],
        _ known: [HealthReport.RaisedAlarm]
    ) -> [HostStatus.RaisedAlarm] {
        let names = Set(known.map(\.alarm))
        let all =
            known.map { ($0.alarm, $0.detail, $0.since) }
            + stored.filter { !names.contains($0.alarm.rawValue) }
            .map { ($0.alarm.rawValue, $0.detail, $0.since) }
        return all.sorted { $0.2 < $1.2 }.map { name, detail, since in
            let first = stored.first { $0.alarm.rawValue == name }?.since ?? since
            return HostStatus.RaisedAlarm(
                alarm: name,
                detail: detail,
                since: min(first, since),
                advice: Alarm(rawValue: name)?.advice ?? ""
            )
        }
    }
}

extension Alarm {
    /// How much mail it stops.
    var severity: StatusFinding.Severity {
        switch self {
        case .engine, .submission, .clock: .critical
        case .forgedPost, .digestKey, .steps, .listKey, .unknownCopies: .degraded
        }
    }
}
