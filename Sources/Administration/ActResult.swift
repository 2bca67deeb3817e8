/// What an act has done.
package struct ActResult<Report: Sendable>: Sendable {
    /// What changed, or what was asked for.
    package let report: Report
    /// What the person who asked should know or do besides, one sentence each.
    package let notes: [String]
    /// Why a part of what was asked for was not done; nil if everything was.
    package let failure: ActFailure?

    init(_ report: Report, notes: [String] = [], failure: ActFailure? = nil) {
        self.report = report
        self.notes = notes
        self.failure = failure
    }

    init(_ report: Report, note: String?) {
        self.init(report, notes: [note].compactMap(\.self))
    }
}
