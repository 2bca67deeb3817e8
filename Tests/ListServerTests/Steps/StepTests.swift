import Foundation
import GnuPG
import Logging
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Programs that decide, through a real socket.
@Suite struct StepTests {
    private let bench: OpenerBench
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        bench = try OpenerBench()
    }

    private func begin(_ name: String, _ steps: String) throws -> Workflow {
        let address = try StoreSamples.address("\(name)@people.test")
        let certificate = try bench.keys.certificates
            .inspect(try TestKeyring(name).publicKey(), now: Date()).get()
        let runner = WorkflowRunner(list: bench.list, now: Date(), answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let transition = runner.begin(
            .subscription,
            of: address,
            steps: try #require(StepName.list(steps)),
            certificate: certificate,
            person: nil
        )
        try bench.store.carryOut(
            transition.changes,
            answers: [],
            in: bench.list.id,
            now: Date()
        )
        return try #require(
            try bench.store.workflow(.subscription, of: address, in: bench.list.id, now: Date())
        )
    }

    private func runner(
        at socket: SocketPath,
        _ clock: @escaping @Sendable () -> Date
    ) throws
        -> StepRunner
    {
        StepRunner(
            store: bench.store,
            sealer: bench.sealer,
            socket: socket,
            wakeUp: WakeUp(),
            clock: clock,
            logger: logger
        )
    }

    @Test(
        "a decision that cannot be carried out keeps no other from it, and is asked for again later"
    )
    func poison() async throws {
        // Nobody could read the notice to moderators.
        let first = try begin("first", "exec:/check, moderate")
        let second = try begin("second", "exec:/check")
        let socket = try #require(SocketPath("unix:" + bench.directory.file("socket")))
        let server = StepServer(socket: socket, logger: logger) { request in
            #expect(request.input.done.isEmpty && request.program == "/check")
            return StepResult(.accept)
        }
        let serving = Task { try await server.run() }
        defer { serving.cancel() }
        var schedule = StepSchedule()
        let now = Date()
        for _ in 0..<50 {
            try await runner(at: socket) { now }.round(&schedule)
            if try bench.store.workflow(second.id) == nil { break }
            // Not listening yet: it was postponed.
            schedule = StepSchedule()
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try bench.store.workflow(second.id) == nil)
        #expect(try bench.store.subscriber(at: second.address, of: bench.list.id) != nil)
        #expect(try bench.store.workflow(first.id)?.step == first.step)
        #expect(!schedule.isDue(first, at: now))
        #expect(schedule.isDue(first, at: now.addingTimeInterval(StepSchedule.firstPause)))
        let alarm = try #require(try bench.store.status(now: now).alarms.first)
        #expect(alarm.alarm == .steps && !alarm.detail.contains("first"))
    }

    @Test("without a step server everything waits, longer each time, and an alarm says so")
    func noServer() async throws {
        let workflow = try begin("third", "exec:/check")
        let socket = try #require(SocketPath("unix:" + bench.directory.file("nobody")))
        var schedule = StepSchedule()
        var now = Date()
        for pause in [15.0, 30, 60, 120, 240, 480, 900, 900] {
            let time = now
            try await runner(at: socket) { time }.round(&schedule)
            #expect(!schedule.isDue(workflow, at: now.addingTimeInterval(pause - 1)))
            now = now.addingTimeInterval(pause)
            #expect(schedule.isDue(workflow, at: now))
        }
        #expect(try bench.store.status(now: now).alarms.map(\.alarm) == [.steps])
        #expect(try bench.store.workflow(workflow.id) == workflow)
    }
}
