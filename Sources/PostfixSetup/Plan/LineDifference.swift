/// The difference of two texts, as `diff -u` prints it.
struct LineDifference {
    private enum Line {
        case same(Substring)
        case removed(Substring)
        case added(Substring)

        var isSame: Bool {
            switch self {
            case .same: true
            case .removed, .added: false
            }
        }

        var text: String {
            switch self {
            case .same(let line): " " + line
            case .removed(let line): "-" + line
            case .added(let line): "+" + line
            }
        }
    }

    /// The number of unchanged lines before and after each change.
    static let context = 3

    private let lines: [Line]

    init(from old: String, to new: String) {
        let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
        let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in newLines.difference(from: oldLines) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var position = 0
        for (offset, line) in oldLines.enumerated() {
            if removed.contains(offset) {
                lines.append(.removed(line))
                continue
            }
            while added.contains(position) {
                lines.append(.added(newLines[position]))
                position += 1
            }
            lines.append(.same(line))
            position += 1
        }
        lines += newLines[position...].map(Line.added)
        self.lines = lines
    }

    /// The changed lines below the two names; empty if there are none.
    func description(oldName: String, newName: String) -> String {
        guard lines.contains(where: { !$0.isSame }) else { return "" }
        var shown: Set<Int> = []
        for index in lines.indices where !lines[index].isSame {
            for near in index - Self.context...index + Self.context { shown.insert(near) }
        }
        var result = ["--- \(oldName)", "+++ \(newName)"]
        for index in lines.indices where shown.contains(index) {
            if !shown.contains(index - 1) { result.append("@@") }
            result.append(lines[index].text)
        }
        return result.joined(separator: "\n") + "\n"
    }
}
