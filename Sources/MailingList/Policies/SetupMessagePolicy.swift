/// Refuses an Autocrypt Setup Message: a secret key that a program sends to its own user.
///
/// A person who sends one to a list has chosen the wrong address. Everybody on the list would
/// have the secret key, protected by a code of 36 digits only. The owners must not have it
/// either.
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
