public import Foundation

/// When bounces suspend a person's delivery.
///
/// Each day counts once, as the worst that came on it. Suspended is who has had hard bounces
/// on as many of the last ``window`` days as `bounce_hard_days` says, or hard or soft bounces
/// on as many as `bounce_soft_days` says; 0 never suspends. A refusal of the content or the
/// size of a copy is recorded and counts for neither.
public struct BounceLimit: Sendable, Hashable {
    /// Seconds for which a bounce counts: 30 days.
    public static let window: TimeInterval = 30 * UTCDay.seconds

    let hardDays: Int
    let softDays: Int

    /// The limit that a list's settings give.
    public init(_ settings: ListSettings) {
        hardDays = settings.hardBounceDays
        softDays = settings.softBounceDays
    }

    /// Whether a bounce replaces the one that was kept of the same day: the worse one is
    /// kept, and of two that are not hard and equally bad the later.
    public static func replaces(_ known: Bounce?, by kind: Bounce.Kind = .soft) -> Bool {
        switch known?.kind {
        case nil, .content: true
        case .soft: kind != .content
        case .hard: false
        }
    }

    /// Whether so many days of bounces suspend the delivery at a time.
    public func suspends(_ days: [(received: Date, bounce: Bounce)], now: Date) -> Bool {
        let counted = days.filter {
            $0.received > now.addingTimeInterval(-Self.window) && $0.bounce.kind != .content
        }
        let hard = counted.count { $0.bounce.kind == .hard }
        return hardDays > 0 && hard >= hardDays || softDays > 0 && counted.count >= softDays
    }

    /// Counts a bounce of a person, and suspends their copies if it is one too many.
    ///
    /// Throws what the transaction throws.
    static func count(
        _ bounce: Bounce,
        of person: Subscriber,
        settings: ListSettings,
        now: Date,
        in records: any StoreTransaction
    ) throws {
        let day = UTCDay(now)
        let known = try records.bounces(of: person.id).first { UTCDay($0.received) == day }
        if replaces(known?.bounce, by: bounce.kind) {
            try records.write(bounce, of: person.id, on: day, received: now)
        }
        guard bounce.kind != .content, person.delivery == .active,
            person.roles.contains(.subscriber),
            try Self(settings).suspends(records.bounces(of: person.id), now: now)
        else { return }
        try records.setDelivery(.suspended, of: person.id)
        try records.setBounced(since: now, of: person.id)
    }
}
