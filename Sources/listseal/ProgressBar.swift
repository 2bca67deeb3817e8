import Foundation

/// A bar on standard error, if that is a terminal.
struct ProgressBar {
    private static let width = 30

    private let label: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var done = 0
    private var drawn: Int?

    /// Names what is counted.
    init(label: String) {
        self.label = label
    }

    /// Counts one of so many, and draws the bar if it has changed.
    mutating func advance(of total: Int) {
        done += 1
        guard isTerminal, total > 1 else { return }
        let filled = done * Self.width / total
        guard filled != drawn || done == total else { return }
        drawn = filled
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: max(0, Self.width - filled))
        write("\r[\(bar)] \(done)/\(total) \(label)")
    }

    /// Ends the line of the bar.
    func finish() {
        if drawn != nil { write("\n") }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
