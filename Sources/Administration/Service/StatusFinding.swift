import Foundation

/// Something that the administrator should look at.
package struct StatusFinding: Sendable, Hashable, Encodable {
    /// How bad it is.
    package enum Severity: String, Sendable, Hashable, Encodable, CaseIterable, Comparable {
        /// Everything works.
        case well
        /// Some mail or some people are affected; the rest goes on.
        case degraded
        /// Mail stands still, or could be lost.
        case critical

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    /// What kind of thing it is, for programs: `daemon`, `disk`, or the name of an alarm.
    package let kind: String
    /// How bad it is.
    package let severity: Severity
    /// What happened.
    package let what: String
    /// What to do.
    package let hint: String

    init(_ kind: String, _ severity: Severity, _ what: String, hint: String) {
        self.kind = kind
        self.severity = severity
        self.what = what
        self.hint = hint
    }
}
