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
    /// The address of the person.
    public let address: EmailAddress
    /// All steps.
    public let steps: [StepName]
    /// The index of the step that waits.
    public package(set) var position = 0
    /// The key that it is about; not proven until the last step is done.
    public package(set) var certificate: Certificate?
    /// The fingerprint of the key that it replaces and that must sign, if one must.
    public package(set) var signer: Fingerprint?
    /// What must come back before the waiting step is done; nil if no mail can do that.
    public package(set) var challenge: Challenge?
    /// The number of wrong answers to the challenge.
    public package(set) var failures = 0
    /// The number of its changes: of two answers at once, one finds another number here.
    public package(set) var version = 0
    /// The time at which it began.
    public let created: Date
    /// The time at which it ends if nothing comes.
    public package(set) var expires: Date

    /// Makes a workflow whose first step waits.
    ///
    /// A store then sets how far the workflow has come.
    public init(
        id: Int64 = 0,
        list: MailingList.ID,
        kind: Kind,
        address: EmailAddress,
        steps: [StepName],
        created: Date,
        expires: Date
    ) {
        self.id = id
        self.list = list
        self.kind = kind
        self.address = address
        self.steps = steps
        self.created = created
        self.expires = expires
    }

    /// The step that waits; nil when all are done.
    public var step: StepName? { steps.indices.contains(position) ? steps[position] : nil }
}
