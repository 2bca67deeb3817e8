/// The word for one step of a workflow, as owners write it.
public enum StepName: Sendable, Hashable, RawRepresentable {
    /// The person answers a mail to their address.
    case verifyAddress
    /// The person sends their key.
    case keySet
    /// The person signs a statement that only their key can decrypt.
    case keyConfirm
    /// An owner or a moderator decides.
    case moderate
    /// A program of the administrator's decides.
    case exec(StepProgram)

    /// The steps that need nothing but their name.
    public static let plain: [StepName] = [.verifyAddress, .keySet, .keyConfirm, .moderate]

    /// Reads a word, `exec:` with a path behind it; nil if there is no such step.
    public init?(rawValue: String) {
        if let known = Self.plain.first(where: { $0.rawValue == rawValue }) {
            self = known
        } else if rawValue.hasPrefix(Self.exec), rawValue.utf8.count > Self.exec.utf8.count,
            let program = StepProgram(String(rawValue.dropFirst(Self.exec.count)))
        {
            self = .exec(program)
        } else {
            return nil
        }
    }

    /// The word.
    public var rawValue: String {
        switch self {
        case .verifyAddress: "verify-address"
        case .keySet: "key-set"
        case .keyConfirm: "key-confirm"
        case .moderate: "moderate"
        case .exec(let program): Self.exec + program.path
        }
    }

    private static let exec = "exec:"
}

/// Where a program is that decides about a workflow: an absolute path of few characters.
///
/// Nothing reads it but the helper that runs it, which looks once more.
public struct StepProgram: Sendable, Hashable {
    /// Octets of the longest path.
    static let maximumLength = 200

    /// The path.
    public let path: String

    /// Takes a path; nil if it is not absolute, goes up, or has other characters than
    /// letters, digits and `._-/`: steps are written with commas between them.
    public init?(_ path: String) {
        guard path.utf8.count <= Self.maximumLength, path.hasPrefix("/"), !path.hasSuffix("/"),
            path.utf8.allSatisfy(Self.allowed.contains),
            !path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
                .contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
        else { return nil }
        self.path = path
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/".utf8
    )
}
