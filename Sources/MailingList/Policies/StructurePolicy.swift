/// Refuses what different programs would read differently.
public struct StructurePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `structure`.
    public var name: String { "structure" }

    /// A fault inside has the same reply as all that is found by decryption.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        switch post.structure.fault {
        case .outside(let detail): .refuses(.malformed, detail)
        case .inside(let detail): .refuses(.malformedInside, detail)
        case nil: .passes
        }
    }
}
