import Foundation
import MailingList
import SMTP
import Submission
import TestSupport
import Testing

@testable import ListServer

/// Whether a refusal concerns one copy or all of them.
@Suite struct RefusalTrackerTests {
    private let dead = RefusalTracker.Refusal(
        reply: SMTPReply(550, EnhancedStatusCode(5, 1, 1), "<a@b>: unknown"),
        phase: .recipient
    )
    private let spam = RefusalTracker.Refusal(
        reply: SMTPReply(554, EnhancedStatusCode(5, 7, 1), "spam"),
        phase: .dot
    )

    private func copy(_ id: Int64, post: Int64 = 1, attempts: Int = 0) throws -> Delivery {
        Delivery(
            id: id,
            post: post,
            subscriber: id,
            recipient: try StoreSamples.address("person\(id)@example.org"),
            token: nil,
            certificate: nil,
            attempts: attempts
        )
    }

    @Test("a copy is given up only if others were accepted after it was refused, twice")
    func certain() throws {
        var tracker = RefusalTracker()
        var window = tracker.begin([1, 2])
        #expect(try !tracker.refused(copy(1), dead))
        var found = tracker.accepted(2, window: window, refused: [1])
        #expect(found.certain.isEmpty && found.retry == [1])
        window = tracker.begin([1, 3])
        #expect(try !tracker.refused(copy(1, attempts: 1), dead))
        found = tracker.accepted(3, window: window, refused: [1])
        #expect(found.certain == [1: dead] && found.retry.isEmpty)
    }

    @Test("a copy that was sent before the refusal proves nothing")
    func parallel() throws {
        var tracker = RefusalTracker()
        let earlier = tracker.begin([2])
        _ = tracker.begin([1])
        #expect(try !tracker.refused(copy(1), dead))
        let found = tracker.accepted(2, window: earlier, refused: [])
        #expect(found.certain.isEmpty && found.retry.isEmpty)
    }

    @Test("different recipients in a row stop the distributor, and nothing is given up")
    func halted() throws {
        var tracker = RefusalTracker()
        for id in 1...2 { #expect(try !tracker.refused(copy(Int64(id)), dead)) }
        #expect(!tracker.isHalted)
        #expect(try !tracker.refused(copy(3, attempts: 100), dead))
        #expect(tracker.isHalted)
        let window = tracker.begin([4])
        #expect(tracker.accepted(4, window: window, refused: []).certain.isEmpty)
        #expect(!tracker.isHalted)
    }

    @Test("a filter that refuses all copies of one post stops nothing, and of three posts all")
    func posts() throws {
        var tracker = RefusalTracker()
        for id in 1...40 { #expect(try !tracker.refused(copy(Int64(id)), spam)) }
        #expect(!tracker.isHalted)
        for post in 2...3 { #expect(try !tracker.refused(copy(99, post: Int64(post)), spam)) }
        #expect(tracker.isHalted)
    }
}
