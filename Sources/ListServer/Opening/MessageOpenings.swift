public import Foundation
import MailingList
import NIOConcurrencyHelpers
import OpenPGP

/// One message on its way through all its roles: it is opened once for each list and purpose.
///
/// It also measures the time that does not depend on who is subscribed, so that the reply
/// can be given at a time that depends on nothing else. See ``ReplyTiming``.
public final class MessageOpenings: Sendable {
    private struct Key: Hashable {
        let list: MailingList.ID
        let fingerprint: Fingerprint
        let purpose: MessageOpener.Purpose
    }

    private struct State {
        var opened: [Key: Result<OpenedMessage, any Error>] = [:]
        var checked: [MailingList.ID: Result<Void, any Error>] = [:]
        var settled: TimeInterval = 0
        var began: TimeInterval?
    }

    private let state = NIOLockedValueBox(State())
    private let now: @Sendable () -> TimeInterval

    /// Starts with nothing opened; the clock is that of the reply.
    public init(
        now: @escaping @Sendable () -> TimeInterval = { ProcessInfo.processInfo.systemUptime }
    ) {
        self.now = now
    }

    /// The seconds of work that are the same for members and strangers.
    var settled: TimeInterval { state.withLockedValue(\.settled) }

    /// Opens the message, unless it has been opened for this list and purpose.
    ///
    /// A failure is kept too: the engine is not asked again for another role.
    ///
    /// - Throws: what the opener throws.
    func opened(
        _ message: ReceivedMessage,
        for list: MailingList,
        as purpose: MessageOpener.Purpose,
        by opener: MessageOpener
    ) throws -> OpenedMessage {
        let key = Key(list: list.id, fingerprint: list.fingerprint, purpose: purpose)
        if let known = state.withLockedValue({ $0.opened[key] }) { return try known.get() }
        var opener = opener
        // What follows the first verification costs more for a member.
        opener.willVerify = { [self] in endMeasuring() }
        beginMeasuring()
        let result = Result { try opener.open(message, for: list, as: purpose) }
        endMeasuring()
        state.withLockedValue { $0.opened[key] = result }
        return try result.get()
    }

    /// Checks the keys of a list and the engine after the message was opened for it, once.
    ///
    /// - Throws: An error of the engine, which is our failure.
    func check(_ keys: ListKeys, of list: MailingList) throws {
        if let known = state.withLockedValue({ $0.checked[list.id] }) { return try known.get() }
        let result = Result { try measuring { try keys.check(list) } }
        state.withLockedValue { $0.checked[list.id] = result }
        try result.get()
    }

    /// Measures work that is the same for everybody.
    func measuring<Result>(_ work: () throws -> Result) rethrows -> Result {
        beginMeasuring()
        defer { endMeasuring() }
        return try work()
    }

    private func beginMeasuring() {
        state.withLockedValue { $0.began = now() }
    }

    private func endMeasuring() {
        state.withLockedValue { state in
            guard let began = state.began else { return }
            state.settled += max(0, now() - began)
            state.began = nil
        }
    }
}
