/// The system's random numbers, as a value that has a size.
///
/// `SystemRandomNumberGenerator` is empty. Of an empty value the compiler passes no
/// address, and the thread sanitizer, which is told of every access, would read wherever
/// that leads.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private var drawn: UInt64 = 0

    /// Starts with nothing drawn.
    public init() {}

    /// Draws 64 bits.
    public mutating func next() -> UInt64 {
        drawn &+= 1
        return UInt64.random(in: .min ... .max)
    }
}
