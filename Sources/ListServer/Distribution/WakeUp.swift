/// Wakes the distributor when a delivery is due.
///
/// Several calls before the distributor wakes count as one.
public struct WakeUp: Sendable {
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Makes a wake-up for one distributor.
    public init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Wakes the distributor; any thread may call it.
    public func ring() {
        continuation.yield()
    }
}
