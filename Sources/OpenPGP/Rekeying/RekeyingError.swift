/// Why a session-key packet or a copy could not be made.
public enum RekeyingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Only GnuPG supports this kind of key, so it must make the copy.
    case notNative
    /// The numbers in the key are not valid.
    case badKey
    /// The shared secret is zero, because the key is a point of small order: anybody could
    /// read the copy.
    case zeroSecret
    /// The sealed message is not one session-key packet and one SEIPD packet.
    case notSealed

    /// The reason in words, for a log.
    public var description: String {
        switch self {
        case .notNative: "this kind of key is left to GnuPG"
        case .badKey: "the numbers in the key are not those of a key"
        case .zeroSecret: "the key is a point of small order"
        case .notSealed: "the sealed message has another form"
        }
    }
}
