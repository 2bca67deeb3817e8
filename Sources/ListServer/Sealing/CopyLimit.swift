import NIOConcurrencyHelpers

/// The size of the largest message that the host's MTA accepts, as it was when it was read.
///
/// It is read at the start of a process and at a reload, because reading it runs a program.
public final class CopyLimit: Sendable {
    private let read: @Sendable () -> Int?
    private let known: NIOLockedValueBox<Int?>

    /// Reads the limit; `read` returns nil if there is none, or if it cannot be read.
    public init(_ read: @escaping @Sendable () -> Int? = { nil }) {
        self.read = read
        known = NIOLockedValueBox(read())
    }

    /// The limit in octets; nil if there is none.
    var octets: Int? { known.withLockedValue(\.self) }

    /// Reads the limit again, which blocks.
    func refresh() {
        let octets = read()
        known.withLockedValue { $0 = octets }
    }
}
