/// Why a certified copy of a list's key is not taken.
public enum CertificationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not a key that anybody would take.
    case malformed(String)
    /// It is another key.
    case otherKey
    /// No name in it is certified by the person's confirmed key.
    case none
    /// There are more than a key shall carry.
    case tooMany
    /// GnuPG does not find them good.
    case invalid

    /// What is wrong, for whoever sent it.
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
