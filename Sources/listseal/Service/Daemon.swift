import Administration
import Foundation
import LMTP
import ListServer
import Logging
import MailingList
import Milter
import ServiceLifecycle
import UnixSignals

/// Puts the services together: what knows what, and in which order they stop.
struct Daemon: Sendable {
    let host: ListHost
    let sockets: ServeSockets
    let openings: Int
    let sessions: Int
    let queued: Int
    let logger: Logger

    /// Refuses to run with a clock that stands before a time we have seen:
    /// signatures that are too old would be fresh again.
    func checkClock() throws {
        let now = Date()
        guard let latest = try host.store.latestTime(),
            latest > now.addingTimeInterval(FreshnessPolicy.allowedSkew)
        else {
            try host.store.clear(.clock)
            return
        }
        try host.store.raise(
            .clock,
            detail: "the clock says \(now.readable), "
                + "and the store has seen \(latest.readable)",
            now: now
        )
        throw ActFailure(
            .notAllowed,
            "the clock stands before a time that the store has seen",
            hint: Alarm.clock.advice
        )
    }

    /// The services.
    ///
    /// The doors stop first, then what pays.
    func serviceGroup() throws -> ServiceGroup {
        let clock: @Sendable () -> Date = { Date() }
        let jumps = ClockJumpDetector(clock: clock)
        let (store, keys) = (host.store, host.keys)
        let wakeUp = WakeUp()
        let sealer = try host.sealer()
        let log = OutcomeLog(path: host.state.decisions)
        let engine = EngineAlarm(store: store, clock: clock, logger: logger)
        let record = OutcomeRecorder(
            store: store,
            log: log,
            engine: engine,
            logger: logger,
            clock: clock
        )
        let road = Road(
            store: store,
            sealer: sealer,
            openings: openings,
            disk: sockets.queueDirectory ?? host.state.path,
            clock: clock,
            jumps: jumps
        )
        let processor = MessageProcessor(
            store: store,
            road: road,
            clock: clock,
            committed: wakeUp.signal
        )
        let directory = ListDirectory(store: store)
        let milter = MilterService(socket: sockets.milter, socketMode: 0o660, logger: logger) {
            [logger] in
            ListSession(
                directory: directory,
                processor: processor,
                record: record,
                answers: ReplyTiming(),
                logger: logger
            )
        }
        let gate = LMTPServer(
            socket: sockets.gate,
            limits: LMTPLimits(),
            threads: openings,
            logger: logger,
            handler: GateHandler(
                directory: directory,
                processor: processor,
                record: record,
                logger: logger
            )
        )
        var limits = Distributor.Limits()
        limits.sessions = sessions
        limits.queued = queued
        limits.window = min(limits.window, queued)
        let distributor = Distributor(
            store: store,
            sealer: sealer,
            socket: sockets.submission,
            queueSocket: sockets.queueDirectory.map { $0 + "/public/showq" },
            limits: limits,
            wakeUp: wakeUp,
            engine: engine,
            clock: clock,
            logger: logger
        )
        let services: [any Service] = [
            ReloadService(log: log, logger: logger),
            Janitor(
                store: store,
                keys: keys,
                retirement: KeyRetirement(store: store, sealer: sealer),
                clock: clock,
                jumps: jumps,
                logger: logger
            ),
            distributor,
            OwnerReporter(
                store: store,
                sealer: sealer,
                wakeUp: wakeUp,
                clock: clock,
                logger: logger
            ),
            StepRunner(
                store: store,
                sealer: sealer,
                socket: sockets.steps,
                wakeUp: wakeUp,
                clock: clock,
                logger: logger
            ),
            gate,
            milter,
        ]
        // Whatever ends, all end. Signals are the main thread's to wait for.
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    .init(
                        service: $0,
                        successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup
                    )
                },
                logger: logger
            )
        )
    }
}
