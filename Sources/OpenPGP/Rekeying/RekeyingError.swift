/// Why no session-key packet was made.
public enum RekeyingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A key of another kind: GnuPG must make the copy.
    case notNative
    /// The key's numbers are not those of a key.
    case badKey
    /// The agreed secret is zero: the key is a point of small order, and
    /// everybody would know the secret.
    case zeroSecret
    /// The sealed message is not one session-key packet and one encrypted packet.
    case notSealed

    /// What happened, for a log.
    public var description: String {
        switch self {
        case .notNative: "this kind of key is left to GnuPG"
        case .badKey: "the numbers in the key are not those of a key"
        case .zeroSecret: "the key is a point of small order"
        case .notSealed: "the sealed message has another form"
        }
    }
}
