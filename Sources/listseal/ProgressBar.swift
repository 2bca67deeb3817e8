import Foundation

/// A bar on standard error, if that is a terminal.
struct ProgressBar {
    private static let width = 30

    private let total: Int
    private let label: String
    private let isVisible: Bool
    private var done = 0
    private var drawn = -1

    init(total: Int, label: String) {
        self.total = total
        self.label = label
        isVisible = total > 1 && isatty(STDERR_FILENO) == 1
    }

    mutating func advance() {
        done += 1
        guard isVisible else { return }
        let filled = done * Self.width / max(1, total)
        guard filled != drawn || done == total else { return }
        drawn = filled
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.width - filled)
        write("\r[\(bar)] \(done)/\(total) \(label)")
    }

    func finish() {
        if isVisible { write("\n") }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
