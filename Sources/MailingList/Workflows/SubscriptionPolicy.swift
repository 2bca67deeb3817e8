/// Which steps somebody takes to become a subscriber, in which order.
///
/// Five have names; owners may write any other order or choice, as long as it ends
/// with a key that was proven.
public struct SubscriptionPolicy: Sendable, Hashable, CustomStringConvertible {
    /// The steps; nil if only owners add people.
    public let steps: [StepName]?

    /// Whoever proves a key.
    public static let open = Self([.keySet, .keyConfirm])
    /// The same, after an answer from the address.
    public static let confirm = Self([.verifyAddress, .keySet, .keyConfirm])
    /// Whoever proves a key and is let in by an owner.
    public static let moderate = Self([.keySet, .keyConfirm, .moderate])
    /// Both.
    public static let confirmModerate = Self([.verifyAddress, .keySet, .keyConfirm, .moderate])
    /// Nobody by mail.
    public static let closed = Self(nil)

    /// The names of those above.
    public static let named: [(name: String, policy: SubscriptionPolicy)] = [
        ("open", open), ("confirm", confirm), ("moderate", moderate),
        ("confirm-moderate", confirmModerate), ("closed", closed),
    ]

    /// Steps of a policy that an owner writes.
    static let maximumSteps = 16

    /// Reads a name, or steps with commas between them; nil if a key would come
    /// without proof, or be proven before it came.
    public init?(_ text: some StringProtocol) {
        if let named = Self.named.first(where: { $0.name == text }) {
            self = named.policy
            return
        }
        guard let steps = StepName.list(text), let set = steps.firstIndex(of: .keySet),
            let confirmed = steps.firstIndex(of: .keyConfirm), set < confirmed,
            steps.areDistinct
        else { return nil }
        self.init(steps)
    }

    private init(_ steps: [StepName]?) { self.steps = steps }

    /// The name if it has one, else the steps.
    public var description: String {
        Self.named.first { $0.policy == self }?.name ?? StepName.text(steps ?? [])
    }
}

extension StepName {
    /// Reads steps with commas between them; nil if there is an unknown one.
    public static func list(_ text: some StringProtocol) -> [StepName]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard words.count <= SubscriptionPolicy.maximumSteps else { return nil }
        let steps = words.compactMap(StepName.init(rawValue:))
        return steps.count == words.count ? steps : nil
    }

    /// Prints steps with commas between them.
    public static func text(_ steps: [StepName]) -> String {
        steps.map(\.rawValue).joined(separator: ", ")
    }
}

extension [StepName] {
    /// Whether none is there twice.
    var areDistinct: Bool { Set(self).count == count }
}
