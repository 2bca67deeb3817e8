public import Foundation

/// A calendar day in UTC: the unit in which bounces and posts are counted.
public struct UTCDay: Sendable, Hashable {
    /// Seconds of a day.
    public static let seconds: TimeInterval = 86_400

    /// Days since 1 January 1970.
    public let number: Int64

    /// The day of a time.
    public init(_ time: Date) {
        // The bound is beyond any calendar; it keeps the conversion from trapping.
        let seconds = max(-1e15, min(1e15, time.timeIntervalSince1970))
        number = Int64((seconds / Self.seconds).rounded(.down))
    }
}
