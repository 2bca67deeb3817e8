/// What went wrong, and what to do next, in two lines.
struct CommandFailure: Error, CustomStringConvertible {
    let what: String
    let hint: String

    init(_ what: String, hint: String) {
        self.what = what
        self.hint = hint
    }

    var description: String { "\(what)\nhint: \(hint)" }
}
