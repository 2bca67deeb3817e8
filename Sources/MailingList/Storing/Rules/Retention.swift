public import Foundation

/// How long records are kept, as the times before which they are deleted.
///
/// A store deletes every record that is not younger.
public struct Retention: Sendable, Hashable {
    /// The time that the others are computed from; claims, sightings and workflows carry
    /// their own end, and are deleted when it has come.
    public let now: Date

    /// Computes the times.
    public init(now: Date) {
        self.now = now
    }

    /// Receipts that were written by then: no MTA sends these messages again.
    public var receipts: Date { now.addingTimeInterval(-Receipt.lifetime) }
    /// Bounces that were received by then: they count no more.
    public var bounces: Date { now.addingTimeInterval(-BounceLimit.window) }
    /// Replies that were written by then: the address may get another.
    public var replies: Date { now.addingTimeInterval(-ReplyLimit.interval) }
    /// Numbers of accepted posts of the days before this one.
    public var acceptedPosts: UTCDay { UTCDay(now) }
    /// Held posts that were received by then are dropped, if they were warned of by
    /// ``heldWarnings``.
    public var heldPosts: Date { before(days: HeldPost.lifetime) }
    /// Warnings that were sent by then have left the moderators the time that they promise.
    public var heldWarnings: Date { before(days: HeldPost.warning) }
    /// Archived posts of a list that were sealed by then.
    public func archivedPosts(_ settings: ListSettings) -> Date {
        before(days: settings.archiveDays)
    }

    /// Until when a claim is kept.
    ///
    /// For the longest age that a list can be set to, not for this list's: whoever raises
    /// `signature_max_age` later makes old signatures fresh again, and they must be known
    /// still. An old signature that owners accept is as good tomorrow as today.
    public func end(of claim: SignatureClaim) -> Date {
        let age = ListSettings.signatureMaximumAges.upperBound
        return max(claim.expires(maximumAge: age), now.addingTimeInterval(TimeInterval(age)))
    }

    /// Until when a list notes that it has seen signed content: a week.
    public var endOfSighting: Date { now.addingTimeInterval(7 * UTCDay.seconds) }

    private func before(days: Int) -> Date {
        now.addingTimeInterval(-TimeInterval(days) * UTCDay.seconds)
    }
}
