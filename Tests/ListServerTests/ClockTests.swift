import Foundation
import Logging
import MailingList
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite("a clock that jumps")
struct ClockTests {
    @Test(
        "a clock that was set is seen, and one that only drifts is not",
        arguments: [
            (0, 0, nil), (3600, 3600, nil), (3600, 3000, nil), (3600, 2999, 601),
            (0, 601, -601), (-7200, 0, -7200),
        ] as [(Double, Int64, Double?)]
    )
    func watch(wall: Double, steady: Int64, jump: Double?) {
        let watch = ClockWatch(wall: StoreSamples.start, steady: .seconds(100))
        let seen = watch.jump(
            wall: StoreSamples.start.addingTimeInterval(wall),
            steady: .seconds(100 + steady)
        )
        #expect(seen == jump)
    }

    @Test("nothing is forgotten by a clock that was set ahead, and somebody is told")
    func ahead() throws {
        let directory = try TemporaryDirectory()
        let fixture = try StoreFixture(store: SQLiteStore(path: directory.file("s"))) {
            try SQLiteStore(path: directory.file("s"))
        }
        let (store, list) = (fixture.store, try fixture.list())
        try fixture.post("one", to: list)
        let claim = try StoreSamples.claim(list, "one")
        let later = StoreSamples.time(400 * 86_400)
        try Janitor.keepHouse(in: store, now: later, jump: 400 * 86_400)
        #expect(try store.isClaimed(claim))
        #expect(try store.status(now: later).alarms.map(\.alarm) == [.clock])
        try Janitor.keepHouse(in: store, now: StoreSamples.time(9), jump: nil)
        #expect(try store.status(now: later).alarms.isEmpty && store.isClaimed(claim))
        try Janitor.keepHouse(in: store, now: later, jump: nil)
        #expect(try !store.isClaimed(claim))
    }

    @Test("no message is judged while the clock stands before a time of the store")
    func behind() throws {
        let bench = try OpenerBench()
        let message = ReceivedMessage(
            bytes: bench.message(around: try bench.signedInside("hello"))
        )
        func judge(at now: Date) throws -> Judgement {
            let clock: @Sendable () -> Date = { now }
            let log = DecisionLog(path: bench.directory.file("decisions"))
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let record = DecisionRecorder(
                store: bench.store,
                log: log,
                logger: logger,
                clock: clock
            )
            let judge = Judge(
                store: bench.store,
                opener: bench.opener,
                sealer: Sealer(
                    keys: bench.keys,
                    digestKey: try DigestKey.load(orMakeAt: bench.directory.file("digest"))
                ),
                slots: OpeningSlots(count: 1),
                room: DistributionRoom(owedOctets: { 0 }, freeOctets: { 1 << 30 }),
                record: record,
                clock: clock
            )
            let recipient = ListRecipient(list: bench.list, role: .posting, bounced: nil)
            let trace = Trace(reference: "1", door: .milter, recipient: recipient)
            return judge.judge(message, for: recipient, trace: trace, isPeerThere: { true })
        }
        let now = OpenerBench.now
        let acceptance = try #require(try judge(at: now).acceptance)
        _ = try bench.store.commit(
            [
                Acceptance(
                    list: bench.list,
                    receipt: StoreSamples.receipt(bench.list, "another"),
                    claims: [],
                    effect: acceptance.effect
                )
            ],
            now: now.addingTimeInterval(3600)
        )
        guard case .postpone(let reply) = try judge(at: now) else {
            Issue.record("it was judged")
            return
        }
        #expect(reply.code == 451)
        #expect(try bench.store.status(now: now).alarms.map(\.alarm) == [.clock])
        #expect(try judge(at: now.addingTimeInterval(3000)).isAcceptance)
    }
}
