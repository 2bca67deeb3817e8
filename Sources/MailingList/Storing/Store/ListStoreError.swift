/// Why a store did not do what it was asked, where a caller can do something.
public enum ListStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is a list with this address, or with the same List-Id.
    ///
    /// `a.b@c.example` and `a@b.c.example` have one; two lists that share it
    /// would take each other's mail for repeated.
    case addressTaken
    /// A key of the certificate belongs to another person of the list.
    case keyInUse
    /// Mail to the owners of a list, none of whom has a key that can encrypt.
    case noReader
    /// No such row.
    case notFound
    /// What was to be changed has changed meanwhile.
    case outdated
    /// A list has as many of something as it may have.
    case tooMany
    /// The list would have no owner left.
    case lastOwner

    /// What happened, for the administrator.
    public var description: String {
        switch self {
        case .addressTaken: "there is a list with this address or this List-Id already"
        case .keyInUse: "a key of this certificate belongs to another person of the list"
        case .noReader: "no owner of the list has a key that can encrypt now"
        case .outdated: "somebody else has changed it meanwhile"
        case .tooMany: "the list has as many of these as it may have"
        case .lastOwner: "a list must keep one owner"
        case .notFound: "there is no such thing in the store"
        }
    }
}
