public import Foundation
public import Logging
public import MailingList
public import SMTP
public import ServiceLifecycle

/// Asks the helper about every workflow that waits for a program.
///
/// The store keeps the workflow, so a crash between two steps only repeats a run of the
/// program. The version of the workflow ensures that a decision is carried out once.
public struct StepRunner: Service {
    /// The seconds between two rounds.
    static let interval = 2
    /// The most workflows about which one round asks.
    static let limit = 200
    /// The most workflows that one round reads.
    static let maximum = 10_000
    /// The number of programs that run at the same time.
    static let concurrency = 4

    let store: any ListStore
    let decider: WorkflowDecider
    let client: StepClient
    let bell: WakeUp
    let clock: @Sendable () -> Date
    let logger: Logger

    /// Makes a service, which starts in ``run()``.
    public init(
        store: any ListStore,
        sealer: Sealer,
        socket: SocketPath,
        bell: WakeUp,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        decider = WorkflowDecider(store: store, sealer: sealer)
        client = StepClient(socket: socket)
        self.bell = bell
        self.clock = clock
        self.logger = logger
    }

    /// Runs rounds until shutdown.
    public func run() async throws {
        var schedule = StepSchedule()
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                try await round(&schedule)
            } catch {
                logger.error("cannot go on with what waits for a program: \(error)")
            }
        }
    }

    /// Asks about the due workflows, and carries out the decisions.
    func round(_ schedule: inout StepSchedule) async throws {
        let (store, now) = (store, clock())
        let waiting = try await BlockingPool().run {
            var all: [Workflow] = []
            while all.count < Self.maximum {
                let page = try store.workflowsAwaitingPrograms(
                    after: all.last?.id ?? 0,
                    now: now,
                    limit: Self.limit
                )
                all += page
                if page.count < Self.limit { break }
            }
            return all
        }
        schedule.forgetAll(but: waiting)
        // One round is limited. The workflow that was asked about longest ago comes first,
        // so that programs that hang do not block other workflows.
        var due = schedule.due(waiting, at: now).prefix(Self.limit)
        while !due.isEmpty, !Task.isShuttingDownGracefully {
            let batch = due.prefix(Self.concurrency)
            due = due.dropFirst(Self.concurrency)
            let answers = await withTaskGroup(of: (Workflow, StepResult?).self) { group in
                for workflow in batch { group.addTask { (workflow, await ask(about: workflow)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for (workflow, answer) in answers {
                guard let answer else { continue }
                await follow(answer, workflow, &schedule)
            }
            // Report failures after each batch, because a round may take long.
            try await report(&schedule)
        }
        try await report(&schedule)
    }

    private func report(_ schedule: inout StepSchedule) async throws {
        guard let failure = schedule.changedFailure() else { return }
        let (store, now) = (store, clock())
        try await BlockingPool().run {
            if let failure {
                try store.raise(.steps, detail: failure, now: now)
            } else {
                try store.clear(.steps)
            }
        }
    }

    // A failure for one workflow does not stop the others.
    private func follow(
        _ answer: StepResult,
        _ workflow: Workflow,
        _ schedule: inout StepSchedule
    ) async {
        switch answer.decision {
        case .accept, .reject:
            do {
                try await carryOut(answer, workflow)
            } catch {
                schedule.postpone(
                    workflow,
                    at: clock(),
                    failure: "a decision cannot be carried out: \(error)"
                )
            }
        case .wait: schedule.postpone(workflow, at: clock(), failure: nil)
        case .failed: schedule.postpone(workflow, at: clock(), failure: answer.reason)
        }
    }

    // Nil if the workflow has gone on or ended since the round began.
    private func ask(about workflow: Workflow) async -> StepResult? {
        do {
            guard case .exec(let program)? = workflow.step,
                let list = try await BlockingPool().run({ [store] in
                    try store.workflow(workflow.id) == workflow
                        ? try store.list(workflow.list) : nil
                })
            else { return nil }
            return try await client.ask(
                StepRequest(program: program.path, input: StepInput(workflow, of: list))
            )
        } catch {
            return StepResult(.failed, "the helper cannot be asked: \(error)")
        }
    }

    private func carryOut(_ answer: StepResult, _ workflow: Workflow) async throws {
        CrashPoint.deciding.reached()
        let (store, decider, now) = (store, decider, clock())
        let outcome = try await BlockingPool().run { () throws -> WorkflowDecider.Outcome? in
            guard let list = try store.list(workflow.list) else { return nil }
            let accepted = answer.decision == .accept
            let outcome = try decider.decide(
                workflow,
                of: list,
                with: .program(accepted: accepted, reason: answer.reason),
                now: now
            )
            guard outcome == .keyInUse else { return outcome }
            // The owners would never see this workflow, so it ends here. The reason does
            // not say to whom the key belongs.
            return try decider.decide(
                workflow,
                of: list,
                with: .program(accepted: false, reason: "this key cannot be used here"),
                now: now
            )
        }
        logger.info(
            "a program's decision is carried out",
            metadata: [
                "workflow": "\(workflow.id)", "decision": "\(answer.decision)",
                "outcome": "\(outcome.map { "\($0)" } ?? "the list is gone")",
            ]
        )
        bell.ring()
    }
}
