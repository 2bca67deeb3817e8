import Dispatch
import Foundation
import Logging
import MailingList
import NIOConcurrencyHelpers
import SMTP
import SQLiteStore
import Submission
import TestSupport
import Testing

@testable import ListServer

/// What becomes of copies, whatever Postfix replies.
@Suite struct DeliveryRecordTests {
    private static let accepted = SubmissionOutcome.accepted(SMTPReply(250, nil, "queued"))
    private static let denied = SubmissionOutcome.refused(
        SMTPReply(550, EnhancedStatusCode(5, 7, 1), "Refused"),
        .recipient
    )
    private static let spam = SubmissionOutcome.refused(
        SMTPReply(554, EnhancedStatusCode(5, 7, 1), "spam"),
        .dot
    )

    @Test("while Postfix refuses every recipient, nobody loses a copy", arguments: [1, 2, 3, 4, 7])
    func everyRecipient(people: Int) async throws {
        try await withBench(people) { bench in
            for _ in 0..<10 { _ = try await bench.pass { _ in Self.denied } }
            #expect(try bench.owed().count == people)
            #expect(try bench.owed().allSatisfy { $0.reason?.hasPrefix("RCPT TO: 550") ?? false })
            let sent = try await bench.passUntilIdle { _ in Self.accepted }
            #expect(Set(sent).count == people && sent.count == people)
            #expect(try bench.owed().isEmpty)
            #expect(try bench.store.missedCopies(of: bench.list.id, limit: 9).isEmpty)
        }
    }

    @Test("a copy that a filter refuses waits, the owners are told, and the others go on")
    func refused() async throws {
        try await withBench(4) { bench in
            let bad = try #require(try bench.due().first).id
            let sent = try await bench.passUntilIdle { $0 == bad ? Self.spam : Self.accepted }
            #expect(sent.count == 3)
            // Another post shows that Postfix still accepts copies.
            try bench.post("two")
            _ = try await bench.passUntilIdle { $0 == bad ? Self.spam : Self.accepted }
            #expect(try bench.owed().map(\.waits) == [.refused])
            let missed = try bench.store.missedCopies(of: bench.list.id, limit: 9)
            #expect(missed.map(\.delivery) == [bad])
            #expect(missed.first?.reason == "the final dot: 554 5.7.1 spam")
            #expect(missed.first?.messageID == (try bench.owed().first?.messageID))
            #expect(try bench.store.retryDeliveries([bad], now: bench.now) == 1)
            #expect(try await bench.passUntilIdle { _ in Self.accepted } == [bad])
        }
    }

    @Test("a dead address is given up after others were accepted, and the owners are told")
    func dead() async throws {
        try await withBench(3) { bench in
            let bad = try #require(try bench.due().first).id
            let reply: (Delivery.ID) -> SubmissionOutcome = {
                $0 == bad ? Self.denied : Self.accepted
            }
            _ = try await bench.passUntilIdle(reply)
            #expect(try bench.owed().map(\.id) == [bad])
            try bench.post("two")
            _ = try await bench.passUntilIdle { $0 == bad ? Self.denied : Self.accepted }
            #expect(try !bench.owed().map(\.id).contains(bad))
            let missed = try bench.store.missedCopies(of: bench.list.id, limit: 9)
            #expect(missed.count == 1 && missed.first?.delivery == nil)
        }
    }

    @Test("a copy whose outcome is unknown is sent three times, then waits with an alarm")
    func unknown() async throws {
        try await withBench(1) { bench in
            var sent: [Delivery.ID] = []
            for _ in 0..<9 { sent += try await bench.pass { _ in .unknown } }
            #expect(sent.count == DistributionAlarms.unknownLimit)
            #expect(try bench.owed().map(\.waits) == [.unknown])
            try await bench.alarms.check()
            #expect(try bench.raised().contains(.unknownCopies))
            #expect(try bench.store.retryDeliveries(of: nil, now: bench.now) == 1)
            try await bench.alarms.check()
            #expect(try !bench.raised().contains(.unknownCopies))
            #expect(try await bench.pass { _ in Self.accepted }.count == 1)
            #expect(try bench.raised().isEmpty)
        }
    }

    @Test("a batch that was not sent counts no attempt")
    func notSent() async throws {
        try await withBench(2) { bench in
            for _ in 0..<9 { _ = try await bench.pass { _ in .notSent } }
            #expect(try bench.owed().allSatisfy { $0.attempts == 0 && $0.unknown == 0 })
            #expect(try bench.due().count == 2)
        }
    }

    @Test("while the store cannot be written, nothing is sent, and no copy is sent twice")
    func locked() async throws {
        try await withBench(3) { bench in
            let lock = try WriteLock(bench.path)
            let first = try bench.due()
            lock.take()
            await #expect(throws: (any Error).self) {
                _ = try await bench.records.open(first.map(\.id))
            }
            lock.release()
            let window = try await bench.records.open([first[0].id])
            lock.take()
            await #expect(throws: (any Error).self) {
                try await bench.records.settle([(first[0], Self.accepted)], of: window)
            }
            await #expect(throws: (any Error).self) { try await bench.records.begin() }
            lock.release()
            try await bench.records.begin()
            #expect(try bench.owed().map(\.id) == first.dropFirst().map(\.id))
        }
    }

    @Test(
        "a minute without an accepted copy raises an alarm, whatever the phase",
        arguments: [
            .refused(SMTPReply(550, nil, "no"), .mail), .refused(SMTPReply(451, nil, "no"), .dot),
            .interrupted(.data), .unknown,
        ] as [SubmissionOutcome]
    )
    func alarm(outcome: SubmissionOutcome) async throws {
        try await withBench(2) { bench in
            _ = try await bench.pass { _ in outcome }
            try await bench.alarms.check()
            #expect(try bench.raised().isEmpty)
            bench.advance(61)
            try await bench.alarms.check()
            #expect(try bench.raised() == [.submission])
            bench.advance(7200)
            _ = try await bench.pass { _ in Self.accepted }
            #expect(try bench.raised().isEmpty)
        }
    }

    private func withBench(_ people: Int, _ body: (DeliveryBench) async throws -> Void) async throws
    {
        let directory = try TemporaryDirectory()
        try await body(DeliveryBench(directory.path + "/store.sqlite", people: people))
        withExtendedLifetime(directory) {}
    }
}

/// A store with a post, and what records the outcomes of its copies.
private struct DeliveryBench: Sendable {
    let path: String
    let store: SQLiteStore
    let list: MailingList
    let alarms: DistributionAlarms
    let records: DeliveryRecords
    private let steady: SteadyClock
    private let passed = NIOLockedValueBox(Duration.zero)

    init(_ path: String, people: Int) throws {
        self.path = path
        let store = try SQLiteStore(path: path)
        self.store = store
        let fixture = StoreFixture(store: store) { try SQLiteStore(path: path) }
        list = try fixture.list()
        for number in 1...people { try fixture.person(number, of: list) }
        try fixture.post("one", to: list)
        let start = ContinuousClock.now
        // The host's clock stands: all waiting is by the monotonic clock.
        let steady = SteadyClock(
            clock: { StoreSamples.start },
            steady: { [passed] in start + passed.withLockedValue { $0 } }
        )
        self.steady = steady
        alarms = DistributionAlarms(store: store, pool: BlockingPool(), clock: steady, patience: 60)
        records = DeliveryRecords(
            store: store,
            pool: BlockingPool(),
            clock: steady,
            alarms: alarms,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    var now: Date { steady.now() }

    func advance(_ seconds: Int) {
        passed.withLockedValue { $0 += .seconds(seconds) }
    }

    func post(_ name: String) throws {
        try StoreFixture(store: store) { store }.post(name, to: list)
    }

    func due() throws -> [Delivery] {
        try store.dueDeliveries(after: 0, now: now, limit: 99)
    }

    func owed() throws -> [OwedCopy] {
        try store.owedCopies(of: nil, after: 0, limit: 99)
    }

    func raised() throws -> [Alarm] {
        try store.status(now: now).alarms.map(\.alarm)
    }

    /// Sends what is due an hour later, and returns what was sent.
    func pass(_ reply: (Delivery.ID) -> SubmissionOutcome) async throws -> [Delivery.ID] {
        advance(3601)
        return try await step(reply)
    }

    /// Sends what is due, now and again, until nothing is.
    func passUntilIdle(
        _ reply: (Delivery.ID) -> SubmissionOutcome
    ) async throws -> [Delivery.ID] {
        advance(3601)
        var accepted: [Delivery.ID] = []
        while true {
            let sent = try await step(reply)
            if sent.isEmpty { return accepted }
            accepted += sent.filter { if case .accepted = reply($0) { true } else { false } }
        }
    }

    private func step(_ reply: (Delivery.ID) -> SubmissionOutcome) async throws -> [Delivery.ID] {
        try await records.begin()
        let due = try due()
        let window = try await records.open(due.map(\.id))
        try await records.settle(due.map { ($0, reply($0.id)) }, of: window)
        try? await records.finish()
        return due.map(\.id)
    }
}

/// Another connection that holds the database's write lock.
private final class WriteLock: Sendable {
    private let store: SQLiteStore
    private let end = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(_ path: String) throws {
        store = try SQLiteStore(path: path)
    }

    func take() {
        let began = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            try? store.transaction { _ in
                began.signal()
                end.wait()
            }
            ended.signal()
        }
        began.wait()
    }

    func release() {
        end.signal()
        ended.wait()
    }
}
