/// Why an act was not carried out, and what to do next.
///
/// Its description has two lines, as the command line prints them: what happened, and the
/// hint. A failure of the store or of the engine is not an `ActFailure`: it is thrown on as
/// it came.
package struct ActFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose turn it is, for a caller that answers in another way than with text.
    package enum Kind: Sendable, Hashable {
        /// The input cannot be read, or is no value of its kind.
        case malformed
        /// What the input names does not exist.
        case notFound
        /// The address or the key belongs to somebody else.
        case inUse
        /// A rule of the list or of the host forbids it.
        case notAllowed
        /// Somebody else has changed the same thing in the meantime.
        case outdated
        /// A file or a directory cannot be read or written.
        case file
        /// A part of the act is done; the text says which.
        case incomplete
    }

    /// The kind of failure.
    package let kind: Kind
    /// What happened.
    package let what: String
    /// What to do next.
    package let hint: String

    /// Describes a failure in two texts, each without a period at its end.
    package init(_ kind: Kind, _ what: String, hint: String) {
        self.kind = kind
        self.what = what
        self.hint = hint
    }

    package var description: String { "\(what)\nhint: \(hint)" }
}
