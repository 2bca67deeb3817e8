public import Foundation
import OpenPGP

/// Who is proven to have written a message: by which signature, how fresh, and for whom.
///
/// It is computed once for a message and a list, and every rule that gives rights to an
/// author asks it. From alone proves nothing.
public struct AuthorProof: Sendable {
    /// For whom the message was signed.
    public enum Binding: Sendable, Hashable {
        /// A signature says that it was made for somebody else; the text is for the log.
        case elsewhere(String)
        /// A signature names the list: by its key, or by addresses of these roles.
        case list(Set<ListRole>)
        /// No signature says for whom.
        case open
    }

    /// The roles that a program writes into To or Cc.
    private static let addressedRoles: Set<ListRole> = [.posting, .request, .owner, .join, .leave]

    /// The subscriber whom From names, proven or not.
    public let named: Subscriber?
    /// Passes if every signature is good and at least one is by the confirmed key of the
    /// subscriber whom From names.
    public let signature: PolicyResult
    /// Passes if every signature is as young as the list wants, and of the day that Date says.
    public let freshness: PolicyResult
    /// Passes unless a protected From names somebody else than From outside.
    public let from: PolicyResult
    /// For whom the message was signed.
    public let binding: Binding
    /// Whether the confirmed certificate verified it, and not one that is still unproven.
    private let isByConfirmedKey: Bool

    /// Looks at what was found in a message.
    public init(of message: OpenedMessage, for list: MailingList, now: Date) {
        named = message.outside.author
        signature = Self.signature(message)
        freshness = Self.freshness(message, list, now)
        from = Self.from(message)
        binding = Self.binding(message, list)
        isByConfirmedKey = message.signatures.verifier == message.outside.author?.certificate
    }

    /// Whether the subscriber whom From names has signed all of it, at whatever time and for
    /// whomever.
    public var isProven: Bool { signature == .passes }

    /// The author, if a signature proves who it is.
    public var author: Subscriber? { isProven ? named : nil }

    /// Whether the signatures are young, of the address in From, and not made for somebody
    /// else, whoever made them.
    public var isFresh: Bool {
        guard freshness == .passes, from == .passes else { return false }
        if case .elsewhere = binding { return false }
        return true
    }

    /// Whether the confirmed key of the subscriber whom From names has signed this lately,
    /// and not for somebody else.
    ///
    /// Commands need it. A certificate that waits to be proven signs nothing but its proof.
    public var isSignedNow: Bool { isProven && isFresh && isByConfirmedKey }
}

extension AuthorProof {
    // An empty list of signatures is never good: "all of none" has let strangers in elsewhere.
    private static func signature(_ message: OpenedMessage) -> PolicyResult {
        let signatures = message.signatures.all
        guard let confirmed = message.outside.author?.certificate?.fingerprint, !signatures.isEmpty
        else { return .refuses(.unsigned, "there is no signature to judge") }
        for (index, signature) in signatures.enumerated() where signature.outcome != .good {
            return .refuses(
                refusal(of: signature.outcome),
                "signature \(index + 1) of \(signatures.count): \(signature.outcome)"
            )
        }
        return signatures.contains { $0.primary == confirmed }
            ? .passes : .refuses(.foreignSignature, "no signature is by the confirmed key")
    }

    private static func refusal(of outcome: SignatureOutcome) -> Refusal {
        switch outcome {
        case .unknownKey: .foreignSignature
        case .expired, .keyExpired: .expiredSignature
        case .keyRevoked: .revokedSignature
        case .good, .bad, .weakHash, .weakKey, .wrongUsage, .unsupported: .invalidSignature
        }
    }

    private static func freshness(
        _ message: OpenedMessage,
        _ list: MailingList,
        _ now: Date
    ) -> PolicyResult {
        let maximumAge = TimeInterval(list.settings.signatureMaximumAge)
        for signature in message.signatures.all {
            let age = now.timeIntervalSince(signature.created)
            if age > maximumAge {
                return .refuses(.staleSignature, "made \(Int(age)) seconds ago")
            }
            if let date = message.protected.date,
                abs(signature.created.timeIntervalSince(date)) > FreshnessPolicy.allowedDistance
            {
                return .refuses(.staleSignature, "made on another day than Date says")
            }
            if age < -FreshnessPolicy.allowedSkew {
                return .refuses(.staleSignature, "made \(Int(-age)) seconds ahead of our clock")
            }
        }
        return .passes
    }

    private static func from(_ message: OpenedMessage) -> PolicyResult {
        guard let inside = message.protected.from else { return .passes }
        return inside == message.outside.from
            ? .passes : .refuses(.fromMismatch, "From inside differs from From outside")
    }

    private static func binding(_ message: OpenedMessage, _ list: MailingList) -> Binding {
        let keys = message.signatures.intendedRecipients
        guard keys.allSatisfy({ !$0.isDisjoint(with: list.keys) }) else {
            return .elsewhere("a signature was made for other keys")
        }
        // A program that wrote To addressed the message to somebody.
        guard !message.protected.hasUnreadableRecipients else {
            return .elsewhere("the signed To or Cc cannot be read")
        }
        guard let recipients = message.protected.recipients, !recipients.isEmpty else {
            return keys.isEmpty ? .open : .list([])
        }
        let roles = addressedRoles.filter { role in
            recipients.contains { list.isAddress($0, of: [role]) }
        }
        return roles.isEmpty
            ? .elsewhere("the signed To and Cc name other addresses") : .list(roles)
    }
}
