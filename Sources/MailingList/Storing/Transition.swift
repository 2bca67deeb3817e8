public import OpenPGP
public import SMTP

/// What a mail command changes and says, committed as one transaction.
public struct Transition: Sendable, Hashable {
    /// One change.
    public enum Change: Sendable, Hashable {
        /// A workflow begins.
        case begin(Workflow)
        /// It waits for something else now.
        case advance(Workflow)
        /// It is over.
        case end(Workflow)
        /// A wrong answer came; after too many it is over.
        case fail(Workflow)
        /// Somebody becomes a subscriber.
        case join(EmailAddress, Certificate)
        /// A key takes the place of another, which must still be there.
        case replaceCertificate(Certificate, of: EmailAddress, replacing: Fingerprint?)
        /// Copies stop or go on.
        case setDelivery(Subscriber.Delivery, of: EmailAddress)
        /// A subscriber leaves.
        case leave(EmailAddress)
        /// A held message is distributed.
        case release(HeldPost.ID, SealedPost, to: Acceptance.Audience)
        /// A held message is dropped.
        case dismiss(HeldPost.ID)
        /// A held message waits for another decision.
        case holdAgain(HeldPost)
        /// Somebody's posts no longer wait for a moderator.
        case trust(EmailAddress)
        /// Somebody's certifications of the list's key are published with it.
        case certify([Certification])
        /// An owner says which key an address outside the list has.
        case bindKey(Certificate, to: EmailAddress)
        /// And that it has none any more.
        case unbindKey(of: EmailAddress)
        /// An owner changes a setting of the list.
        case set(String, to: String)
        /// Somebody gets a mail of this kind that no token asked for.
        case limitedReply(ReplyLimit.Kind, to: EmailAddress)
    }

    /// The changes, in order.
    public var changes: [Change]
    /// What is written to whom.
    public var answers: [Answer]

    /// Puts them side by side.
    public init(changes: [Change] = [], answers: [Answer] = []) {
        self.changes = changes
        self.answers = answers
    }

    /// The workflows, the people and the keys that it changes something of.
    ///
    /// Of two commands in one mail that touch the same one, the second was decided
    /// on a state that the first has changed.
    public var touched: Set<String> {
        Set(
            changes.compactMap { change in
                switch change {
                case .begin(let workflow), .advance(let workflow), .end(let workflow),
                    .fail(let workflow):
                    "\(workflow.kind.rawValue) \(workflow.address.key)"
                case .join(let address, _), .replaceCertificate(_, of: let address, _),
                    .setDelivery(_, of: let address), .leave(let address), .trust(let address):
                    "person \(address.key)"
                case .bindKey(_, to: let address), .unbindKey(of: let address):
                    "outsider \(address.key)"
                case .set(let name, to: _): "setting \(name)"
                case .release(let id, _, to: _), .dismiss(let id): "held \(id)"
                case .holdAgain(let post): "held \(post.id)"
                case .limitedReply, .certify: nil
                }
            }
        ).union(keys)
    }

    private var keys: Set<String> {
        Set(
            changes.flatMap { change -> [Fingerprint] in
                switch change {
                case .join(_, let certificate), .replaceCertificate(let certificate, of: _, _):
                    certificate.allFingerprints
                case .begin, .advance, .end, .fail, .setDelivery, .leave, .limitedReply,
                    .certify, .release, .dismiss, .holdAgain, .trust,
                    .bindKey, .unbindKey, .set:
                    []
                }
            }.map { "key \($0)" }
        )
    }

    /// The kinds of mail that it writes to somebody whom nothing proves.
    public var limitedKinds: Set<ReplyLimit.Kind> {
        Set(
            changes.compactMap { if case .limitedReply(let kind, to: _) = $0 { kind } else { nil } }
        )
    }

    /// One after the other.
    public static func + (left: Self, right: Self) -> Self {
        Self(changes: left.changes + right.changes, answers: left.answers + right.answers)
    }
}

/// A mail of the list to one person, or to its owners, before it is sealed.
public struct Answer: Sendable, Hashable {
    /// Who reads it.
    public enum Reader: Sendable, Hashable {
        /// A person; signed and in clear if there is no certificate.
        case person(EmailAddress, Certificate?)
        /// The owners, sealed; without one who can read it nothing of this happens.
        case owners
        /// Owners and moderators, likewise.
        case deciders
        /// The owners, sealed; what they are told has happened, whether they can read it
        /// or not.
        case ownersIfTheyCan
    }

    /// What goes along.
    public enum Attachment: Sendable, Hashable {
        /// The list's public key.
        case listKey
        /// Somebody's certificate.
        case certificate(Certificate)
        /// The content of somebody else's message, a MIME entity.
        case content([UInt8])
        /// Somebody else's message as it came, for a file that nothing opens by itself.
        case message([UInt8])
    }

    /// Who reads it.
    public let reader: Reader
    /// What it says.
    public let text: AnswerText
    /// What goes along.
    public let attachments: [Attachment]
    /// Message-ID of the mail that it answers.
    public let answering: String?

    /// Puts them side by side.
    public init(
        reader: Reader,
        text: AnswerText,
        attachments: [Attachment],
        answering: String?
    ) {
        self.reader = reader
        self.text = text
        self.attachments = attachments
        self.answering = answering
    }
}
