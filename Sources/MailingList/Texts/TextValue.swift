public import Foundation
public import OpenPGP
public import SMTP

/// The value of a placeholder, which each language puts into its own words.
public indirect enum TextValue: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Characters that are the same in every language: an address, a token, a command.
    case text(String)
    /// The same on several lines.
    case block(String)
    /// A moment.
    case time(Date)
    /// The same, behind "until".
    case until(Date)
    /// A number of octets.
    case size(Int)
    /// A fingerprint, or that there is no key.
    case key(Fingerprint?)
    /// An address, or that it cannot be read.
    case address(EmailAddress?)
    /// Yes or no.
    case flag(Bool)
    /// On or off.
    case state(Bool)
    /// What somebody asks for, as a verb behind their address.
    case asks(Workflow.Kind)
    /// That somebody wrote a post, as a verb behind their address.
    case wrotePost
    /// What somebody has done, as a verb behind their address.
    case did(Workflow.Kind)
    /// What the reader asked for.
    case wish(Workflow.Kind)
    /// Why the list asks the reader for a key.
    case keyRequest(Workflow.Kind)
    /// What a request has shown so far, as a sentence.
    case shown(ShownProof)
    /// What a moderator has decided.
    case decision(HeldDecision)
    /// What a person has written as a reason, which may be nothing.
    case reason(String)
    /// Why a command was not carried out.
    case problem(CommandProblem)
    /// What speaks against a post.
    case objections([Refusal])
    /// What the list found about the signatures of a message.
    case signatures([SignatureFacts])
    /// How the message was encrypted.
    case encryption(SeenEncryption)
    /// The author whom a signature by a confirmed key proves, or that nothing proves one.
    case provenAuthor(EmailAddress?)
    /// Whether a signature proves who wrote the message.
    case proof(Bool)
    /// How people join the list.
    case policy(SubscriptionPolicy)
    /// Every mail command with what it does.
    case commands
    /// That a subscriber has no confirmed key, or that their key cannot be used.
    case keyFault(hasKey: Bool)
    /// That the server still has a copy, which waits for its administrator.
    case waitingCopy
    /// Values beside each other.
    case row([TextValue])
    /// Values on a line each.
    case lines([TextValue])

    /// The same as ``text(_:)``.
    public init(stringLiteral value: String) { self = .text(value) }

    /// The value in the words of a language.
    public func text(in language: TextLanguage) -> String {
        let words = language.words
        return switch self {
        case .text(let text): text.visible
        case .block(let text): text.visibleLines
        case .time(let time): words.time(TextTime(time))
        case .until(let time): words.until(words.time(TextTime(time)))
        case .size(let octets): TextSize(octets).text(decimalMark: words.decimalMark)
        case .key(let fingerprint): fingerprint?.description ?? words.noKey
        case .address(let address): address?.description ?? words.unreadableAddress
        case .flag(let isTrue): words.answer(isTrue)
        case .state(let isOn): words.state(isOn)
        case .asks(let kind): words.asks(kind)
        case .wrotePost: words.wrotePost
        case .did(let kind): words.did(kind)
        case .wish(let kind): words.wish(kind)
        case .keyRequest(let kind): words.keyRequest(kind)
        case .shown(let proof): words.shown(proof)
        case .decision(let decision): words.decision(decision)
        case .reason(let text): text.isEmpty ? words.noReason : text.visible
        case .problem(let problem): problem.text(in: language).visible
        case .objections(let refusals):
            refusals.map(words.objection).joined(separator: "; ")
        case .signatures(let signatures):
            signatures.isEmpty
                ? words.noSignature : signatures.map(words.signature).joined(separator: "; ")
        case .encryption(let encryption): words.encryption(encryption)
        case .provenAuthor(let author): author?.description.visible ?? words.unverified
        case .proof(let isProven): words.proof(isProven)
        case .policy(let policy): words.policy(policy)
        case .commands:
            StandardCommands.all.map { $0.syntax.line(in: language) }.joined(separator: "\n")
        case .waitingCopy: words.waitingCopy
        case .keyFault(let hasKey): words.keyFault(hasKey: hasKey)
        case .row(let values): values.map { $0.text(in: language) }.joined(separator: "  ")
        case .lines(let values):
            values.map { "  " + $0.text(in: language) }.joined(separator: "\n")
        }
    }
}

/// What a person has shown of a request before somebody decides on it.
public struct ShownProof: Sendable, Hashable {
    /// What they ask for.
    public let kind: Workflow.Kind
    /// The steps that are done, in order.
    public let steps: [StepName]
    /// Whether their confirmed key has signed the request.
    public let isSigned: Bool

    /// Gathers the facts.
    public init(kind: Workflow.Kind, steps: [StepName], isSigned: Bool) {
        self.kind = kind
        self.steps = steps
        self.isSigned = isSigned
    }
}

/// What becomes of a request or of a post that waited.
public enum HeldDecision: Sendable, Hashable, CaseIterable {
    /// It is carried out, or distributed.
    case accepted
    /// It is not, and the person learns the reason.
    case rejected
    /// It is dropped, and nobody is told.
    case discarded
}

/// How a message was encrypted when it reached the list.
public enum SeenEncryption: Sendable, Hashable, CaseIterable {
    /// In clear.
    case none
    /// Encrypted, and the list's key opened it.
    case opened
    /// Encrypted, and the list's key did not open it.
    case failed
}
