/// Wakes the distributor: something is owed.
///
/// Rings that nobody has heard yet count once.
public struct WakeUp: Sendable {
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Hangs a new bell.
    public init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Rings; may be called from any thread.
    public func ring() {
        continuation.yield()
    }
}
