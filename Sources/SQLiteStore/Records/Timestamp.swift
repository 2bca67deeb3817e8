import Foundation

/// A time as the tables keep it: whole seconds since 1970.
///
/// Readable in any SQLite shell, comparable, and without a time zone. Nothing
/// that the store keeps is finer than the clock of a signature, a second.
extension Date {
    /// The second that has begun.
    var timestamp: Int64 { Self.seconds(timeIntervalSince1970.rounded(.down)) }

    /// The first whole second that is not earlier: what is due at it is never
    /// due too soon.
    var timestampRoundedUp: Int64 { Self.seconds(timeIntervalSince1970.rounded(.up)) }

    /// Takes a time out of a table.
    init(timestamp: Int64) {
        self.init(timeIntervalSince1970: TimeInterval(timestamp))
    }

    // The bound is beyond any calendar; it keeps the conversion from trapping.
    private static func seconds(_ value: TimeInterval) -> Int64 {
        Int64(max(-1e15, min(1e15, value)))
    }
}
