import Foundation
import MailingList
import NIOConcurrencyHelpers
import SMTP
import TestSupport
import Testing

@testable import ListServer

/// How long replies take in the name of a subscriber and of a stranger, at both doors.
///
/// `LISTSEAL_PAIRS` says how many pairs of mails are measured for each command and attachment:
/// 200 takes some hours. Without it nothing is measured.
/// `LISTSEAL_PAIRS=200 Tests/run --filter MembershipTimeTests` is the whole run; it prints a table.
@Suite("The time of replies") struct MembershipTimeTests {
    private static let pairs =
        ProcessInfo.processInfo.environment["LISTSEAL_PAIRS"].flatMap(Int.init) ?? 0
    /// Mails that are handed in at once: most of the time they wait for their reply.
    private static let parallel = 8

    @Test(
        "the time of a reply does not tell whether its author subscribes",
        .enabled(if: MembershipTimeTests.pairs > 0),
        arguments: DoorBench.Entrance.allCases
    )
    func times(door: DoorBench.Entrance) throws {
        let bench = try MembershipBench(
            answers: ReplyTiming(),
            slots: OpeningSlots(count: 4 * Self.parallel)
        )
        print("| door | command | attachment | subscriber | stranger | p |")
        print("|---|---|---|---|---|---|")
        var tests = 0
        var least = 1.0
        for command in MembershipBench.commands {
            let attachments =
                command.takesKey ? MembershipBench.Attachment.allCases : [.none]
            for attachment in attachments {
                let (members, strangers) = try measure(bench, command, attachment, door)
                let p = RankTest.p(members, strangers)
                (tests, least) = (tests + 1, min(least, p))
                print(
                    "| \(door) | \(command.testDescription) | \(attachment) |",
                    "\(Self.median(members)) | \(Self.median(strangers)) |",
                    String(format: "%.3f |", p)
                )
            }
        }
        // Of so many tests of equal times one in a hundred has a p below 0.01.
        #expect(least > 0.01 / Double(tests))
    }

    // Both orders, since the first of two mails meets colder caches.
    private func measure(
        _ bench: MembershipBench,
        _ command: MembershipBench.Command,
        _ attachment: MembershipBench.Attachment,
        _ door: DoorBench.Entrance
    ) throws -> ([Double], [Double]) {
        let mails = try (0..<Self.pairs).flatMap { _ in try bench.pair(of: command, attachment) }
            .shuffled()
        let times = NIOLockedValueBox<[(isMember: Bool, seconds: Double)]>([])
        let next = NIOLockedValueBox(0)
        let doors = bench.doors
        DispatchQueue.concurrentPerform(iterations: Self.parallel) { _ in
            while true {
                let index = next.withLockedValue { next in
                    defer { next += 1 }
                    return next
                }
                guard index < mails.count else { return }
                let mail = mails[index]
                let clock = ContinuousClock()
                let time = clock.measure {
                    _ = try? doors.reply(to: mail.bytes, for: mail.recipients, by: door)
                }
                times.withLockedValue { $0.append((mail.isMember, time / .seconds(1))) }
            }
        }
        let all = times.withLockedValue { $0 }
        return (all.filter(\.isMember).map(\.seconds), all.filter { !$0.isMember }.map(\.seconds))
    }

    private static func median(_ times: [Double]) -> String {
        String(format: "%.4f s", times.sorted()[times.count / 2])
    }
}

/// The test of Mann and Whitney: whether one of two samples tends to be larger.
enum RankTest {
    /// The probability of ranks at least as uneven as these if both samples are of one kind,
    /// by the normal approximation with a correction for ties.
    static func p(_ first: [Double], _ second: [Double]) -> Double {
        let all = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
        let (n, m) = (Double(first.count), Double(second.count))
        var (rankSum, ties, start) = (0.0, 0.0, 0)
        while start < all.count {
            let end = all[start...].firstIndex { $0.0 != all[start].0 } ?? all.count
            let count = Double(end - start)
            let rank = Double(start) + (count + 1) / 2
            rankSum += rank * Double(all[start..<end].count { $0.1 })
            ties += count * count * count - count
            start = end
        }
        let total = n + m
        let variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
        guard variance > 0 else { return 1 }
        let z = abs(rankSum - n * (total + 1) / 2) / variance.squareRoot()
        return erfc(z / 2.0.squareRoot())
    }
}

@Suite("The rank test") struct RankTestTests {
    @Test("it finds a shift, and finds none where there is none")
    func shift() {
        let first = (0..<200).map { Double($0 % 50) }
        #expect(RankTest.p(first, first) > 0.99)
        #expect(RankTest.p(first, first.map { $0 + 10 }) < 0.01)
        #expect(RankTest.p([1, 1, 1], [1, 1, 1]) == 1)
    }
}
