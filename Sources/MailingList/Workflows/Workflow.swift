public import Foundation
public import OpenPGP
public import SMTP

/// Something that a person and a list do in several mails, kept between them.
///
/// A value: which steps there are, which one waits, and for what. It knows nothing
/// of mail; ``WorkflowRunner`` moves it on, and the store keeps it after every step.
public struct Workflow: Sendable, Hashable, Identifiable {
    /// What it leads to.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The person becomes a subscriber.
        case subscription
        /// Another key of the person replaces the confirmed one.
        case keyChange = "key-change"
        /// The confirmed key gets a later expiry, or another subkey.
        case keyUpdate = "key-update"
        /// A new key after the old one was revoked.
        case keyReset = "key-reset"
        /// The person leaves.
        case unsubscription
    }

    /// What it waits for: digests only.
    public struct Challenge: Sendable, Hashable {
        /// Of the token that must come back.
        public let token: [UInt8]
        /// Of the statement that must come back signed, if one must.
        public let statement: [UInt8]?

        /// Puts them side by side.
        public init(token: [UInt8], statement: [UInt8]?) {
            self.token = token
            self.statement = statement
        }
    }

    /// Wrong answers that a challenge survives.
    public static let maximumFailures = 4

    /// The number of its row; 0 before it has one.
    public let id: Int64
    /// The list.
    public let list: MailingList.ID
    /// What it leads to.
    public let kind: Kind
    /// Whose it is.
    public let address: EmailAddress
    /// All steps.
    public let steps: [StepName]
    /// The step that waits.
    public internal(set) var position: Int
    /// The key that it is about, not yet believed.
    public internal(set) var certificate: Certificate?
    /// Who must sign, if not that key: the one which it replaces.
    public let signer: Fingerprint?
    /// What it waits for.
    public internal(set) var challenge: Challenge?
    /// Wrong answers so far.
    public internal(set) var failures: Int
    /// Counts its changes: of two answers at once, one finds another number here.
    public let version: Int
    /// When it began.
    public let created: Date
    /// When it ends if nothing comes.
    public internal(set) var expires: Date

    /// Makes the value from what a store holds.
    public init(
        id: Int64,
        list: MailingList.ID,
        kind: Kind,
        address: EmailAddress,
        steps: [StepName],
        position: Int,
        certificate: Certificate?,
        signer: Fingerprint?,
        challenge: Challenge?,
        failures: Int,
        version: Int,
        created: Date,
        expires: Date
    ) {
        self.id = id
        self.list = list
        self.kind = kind
        self.address = address
        self.steps = steps
        self.position = position
        self.certificate = certificate
        self.signer = signer
        self.challenge = challenge
        self.failures = failures
        self.version = version
        self.created = created
        self.expires = expires
    }

    /// The step that waits; nil when all are done.
    public var step: StepName? { steps.indices.contains(position) ? steps[position] : nil }
}
