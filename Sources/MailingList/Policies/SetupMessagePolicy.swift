/// Refuses a secret key on its way from one program of its owner's to another.
///
/// Whoever sends one to a list has chosen the wrong address, and everybody would
/// have her key, behind a code of 36 digits. The owners are no better a place.
///
/// - SeeAlso: [Autocrypt Level 1, Setup Message](https://docs.autocrypt.org/level1.html#autocrypt-setup-message)
public struct SetupMessagePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `setup-message`.
    public var name: String { "setup-message" }

    /// It may be found by decryption alone, so the reply says nothing of it.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        post.structure.isSetupMessage
            ? .refuses(.malformedInside, "an Autocrypt Setup Message, which holds a secret key")
            : .passes
    }
}
