import Administration
import Foundation
import LMTP
import ListServer
import Logging
import MailingList
import Milter
import PostfixSetup
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
    ///
    /// The closure is called if a socket is lost; the services then end.
    func serviceGroup(socketsLost: @escaping @Sendable () -> Void) throws -> ServiceGroup {
        let clock: @Sendable () -> Date = { Date() }
        let jumps = ClockJumpDetector(clock: clock)
        let (store, keys) = (host.store, host.keys)
        jumps.begin(after: try store.latestTime())
        let wakeUp = WakeUp()
        let sealer = try host.sealer()
        let log = OutcomeLog(path: host.state.decisions)
        let alarms = Alarms(store: store, clock: clock, logger: logger)
        let engine = EngineAlarm(store: store, alarms: alarms)
        let record = OutcomeRecorder(
            store: store,
            log: log,
            engine: engine,
            logger: logger,
            clock: clock
        )
        let processor = processor(sealer, wakeUp, jumps, clock)
        return group(
            of: [
                HealthServer(
                    socket: host.state.healthSocket,
                    doors: DoorSockets(milter: sockets.milter, gate: "\(sockets.gate)"),
                    store: store,
                    alarms: alarms,
                    jumps: jumps,
                    logger: logger
                ),
                SocketWatch(paths: sockets.paths, logger: logger, lost: socketsLost),
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

    /// What judges mail and stores what is accepted.
    private func processor(
        _ sealer: Sealer,
        _ wakeUp: WakeUp,
        _ jumps: ClockJumpDetector,
        _ clock: @escaping @Sendable () -> Date
    ) -> MessageProcessor {
        MessageProcessor(
            store: host.store,
            road: Road(
                store: host.store,
                sealer: sealer,
                openings: openings,
                disk: sockets.queueDirectory ?? host.state.path,
                state: host.state.path,
                clock: clock,
                jumps: jumps
            ),
            clock: clock,
            committed: wakeUp.signal
        )
    }

    /// What accepts mail: the gate, and the milter.
    private func doors(
        _ processor: MessageProcessor,
        _ record: OutcomeRecorder
    ) -> [any Service] {
        let directory = ListDirectory(store: host.store) { [sockets] address in
            sockets.installation.map { AddressMap.leads(to: address, in: $0) } ?? false
        }
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
            // Most of them wait until their reply is due.
            threads: 4 * openings,
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
