public import Foundation
public import Logging
public import MailingList
public import SMTP
public import ServiceLifecycle

/// Asks the helper about every workflow that waits for a program.
///
/// What is asked stands in the store, so that a crash between two steps costs another
/// run of the program and nothing else; a decision is carried out once, by the
/// version of the workflow.
public struct StepRunner: Service {
    /// Seconds between two looks.
    static let interval = 2
    /// Workflows that are read at once.
    static let limit = 200
    /// Workflows in one look.
    static let maximum = 10_000
    /// Programs that are asked at once.
    static let concurrency = 4

    let store: any ListStore
    let decider: WorkflowDecider
    let client: StepClient
    let bell: WakeUp
    let clock: @Sendable () -> Date
    let logger: Logger

    /// Builds the service.
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

    /// Asks until shutdown.
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

    /// Asks about all that are due, and carries out what was decided.
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
        // What it takes is bounded; who was asked about longest ago comes first, so that
        // programs that hang keep nobody else from being asked about.
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
            // A round may take long: what is wrong is not known only at its end.
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

    // What fails for one keeps no other from going on.
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

    // Nil if it has gone on, or ended, since the round began.
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
            // The owners would never see it: it ends here, without saying whose it is.
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
