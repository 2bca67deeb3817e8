import Administration
import Foundation
import LMTP
import ListServer
import Logging
import MailingList
import Milter
import ServiceLifecycle
import UnixSignals

/// The services of the daemon, made from what they share.
struct Daemon: Sendable {
    let host: ListHost
    let sockets: ServeSockets
    let openings: Int
    let sessions: Int
    let queued: Int
    let logger: Logger

    /// Refuses to run if the host's clock is behind a time that the store has seen: signatures
    /// that are too old would be fresh again.
    ///
    /// Throws ``ActFailure`` of kind `notAllowed`, and what the store throws.
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
            detail: "the host's clock says \(now.readable), "
                + "and the store has seen \(latest.readable)",
            now: now
        )
        throw ActFailure(
            .notAllowed,
            "the host's clock is behind a time that the store has seen",
            hint: Alarm.clock.advice
        )
    }

    /// The services of the daemon.
    ///
    /// The milter and the gate stop first, then the distributor.
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
        return group(
            of: [
                ReloadService(log: log, copyLimit: sealer.copyLimit, logger: logger),
                Janitor(
                    store: store,
                    keys: keys,
                    retirement: KeyRetirement(store: store, sealer: sealer),
                    clock: clock,
                    jumps: jumps,
                    logger: logger
                ),
                distributor(sealer, wakeUp, engine, clock),
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
            ] + doors(processor, record)
        )
    }

    /// What accepts mail: the gate, and the milter.
    private func doors(
        _ processor: MessageProcessor,
        _ record: OutcomeRecorder
    ) -> [any Service] {
        let directory = ListDirectory(store: host.store)
        let limits = LMTPLimits()
        let memory = Allowance(limits.bufferedOctets)
        let milter = MilterService(socket: sockets.milter, socketMode: 0o660, logger: logger) {
            [logger] in
            ListSession(
                directory: directory,
                processor: processor,
                record: record,
                answers: ReplyTiming(),
                memory: memory,
                logger: logger
            )
        }
        let gate = LMTPServer(
            socket: sockets.gate,
            limits: limits,
            octets: memory,
            threads: openings,
            logger: logger,
            handler: GateHandler(
                directory: directory,
                processor: processor,
                record: record,
                logger: logger
            )
        )
        return [gate, milter]
    }

    /// What delivers copies to Postfix.
    private func distributor(
        _ sealer: Sealer,
        _ wakeUp: WakeUp,
        _ engine: EngineAlarm,
        _ clock: @escaping @Sendable () -> Date
    ) -> Distributor {
        var distributor = Distributor(
            store: host.store,
            sealer: sealer,
            postfix: Distributor.PostfixSockets(
                submission: sockets.submission,
                queue: sockets.queueDirectory.map { $0 + "/public/showq" }
            ),
            wakeUp: wakeUp,
            engine: engine,
            clock: clock,
            logger: logger
        )
        distributor.limits.sessions = sessions
        distributor.limits.queued = queued
        distributor.limits.window = min(distributor.limits.window, queued)
        return distributor
    }

    /// The services, which are stopped from the last to the first.
    private func group(of services: [any Service]) -> ServiceGroup {
        // If one service ends, all end. The main thread waits for signals.
        ServiceGroup(
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
