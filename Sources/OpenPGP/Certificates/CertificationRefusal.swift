/// Why a certified copy of a list's key is not accepted.
public enum CertificationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The attachment is not a valid key; the text says what is wrong.
    case malformed(String)
    /// It is not the list's key.
    case otherKey
    /// The subscriber's confirmed key certifies none of its user ids.
    case none
    /// There are too many certifications, or one is too large.
    case tooMany
    /// GnuPG finds at least one certification not valid.
    case invalid

    /// The reason in words, for the subscriber who sent it.
    public var description: String {
        switch self {
        case .malformed(let detail): "what is attached is not a good key: \(detail)"
        case .otherKey: "what is attached is not the key of this list"
        case .none: "no name in it is certified by the key that the list knows of you"
        case .tooMany: "it has too many certifications, or too large ones"
        case .invalid: "a certification in it is not good"
        }
    }
}
