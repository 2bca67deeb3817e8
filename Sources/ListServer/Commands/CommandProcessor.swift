import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP

/// Judges a mail with commands: what it changes, and what is answered to whom.
///
/// It changes nothing itself, but for the count of wrong answers to a challenge: what
/// follows is committed with the receipt, like a post.
struct CommandProcessor: Sendable {
    let store: any ListStore
    let sealer: Sealer
    let moderation: Moderation
    let clock: @Sendable () -> Date
    let sources = SourceLimits()

    /// What follows; nil if nobody can read it here, and a person must: it is no command, or
    /// did not come open.
    func judge(
        _ opened: OpenedMessage,
        _ message: ReceivedMessage,
        _ recipient: ListRecipient,
        _ receipt: Receipt
    ) throws -> Judgement? {
        let list = recipient.list
        // The other addresses say what is wanted: there mail is a command, or wrong.
        let mayBeLetter = recipient.role == .request
        let policies = PolicyContext(list: list, now: clock(), isClaimed: store.isClaimed)
        if let (refusal, detail) = try Self.objection(to: opened, message, in: policies) {
            if refusal == .commandRefused, mayBeLetter { return nil }
            return .refuse(refusal, detail: detail, provenAuthor: nil)
        }
        // Captured mail: neither again here, nor as a command what was a post.
        for claim in opened.claims where try store.isClaimed(claim) {
            return refuse("this signed content has been here before", opened, policies)
        }
        let mail = CommandReader.mail(opened, messageID: message.messageID, list: list)
        let context = context(mail, opened, policies, client: message.clientAddress)
        var transition = Transition()
        var details: [String] = []
        var done: [String] = []
        let calls = Self.calls(in: mail, for: recipient.role)
        // A secret key is for nobody's eyes.
        if calls.isEmpty, mayBeLetter, !mail.keys.contains(where: Self.isSecret) { return nil }
        for call in calls {
            switch try call.command.run(
                call.arguments,
                in: context.covering(call, isOfAddress: recipient.role != .request)
            ) {
            case .done(let next):
                details.append("")
                done.append(call.command.syntax.words.joined(separator: " "))
                // Below a decision its mail program may repeat the notice, with the
                // other one; and one mail to somebody unproven is enough.
                let common = transition.touched.intersection(next.touched)
                if context.isMailSigned, common.contains(where: { $0.hasPrefix("person ") }) {
                    transition =
                        transition
                        + context.failure(
                            call.command.syntax.words.joined(separator: " "),
                            "send it in a mail of its own"
                        )
                }
                guard common.isEmpty,
                    !(transition.isLimited && next.isLimited)
                else { continue }
                transition = transition + next
            case .refused(let detail): details.append(detail)
            case .wrongAnswer(let workflow, let detail):
                try store.carryOut([.fail(workflow)], answers: [], in: list.id, now: clock())
                details.append(detail)
            }
        }
        guard details.contains("") else {
            return refuse(details.first ?? "there is no command in it", opened, policies)
        }
        let answers = try transition.answers.compactMap {
            try sealer.seal($0, of: list, now: policies.now)
        }
        let dropped = transition.answers.count - answers.count
        return .accept(
            Acceptance(
                list: list,
                receipt: receipt,
                claims: opened.claims,
                effect: .carryOut(transition.changes, answers: answers),
                // Their names alone: what stands behind them can be a token or an address.
                detail: done.joined(separator: ", ")
                    + (dropped == 0
                        ? "" : "; \(dropped) not written: no key of hers can be used now")
            )
        )
    }

    // An address of its own says what is wanted, whatever the mail says.
    private static func calls(
        in mail: CommandMail,
        for role: ListRole
    ) -> [CommandParser.Call] {
        let subject: String? =
            switch role {
            case .join: "subscribe"
            case .leave: "unsubscribe"
            case .sendkey: "key receive"
            case .confirm(let token): "confirm \(token)"
            case .request, .posting, .owner, .bounces, .postmaster, .abuse: nil
            }
        return CommandParser.calls(
            subject: subject ?? mail.subject,
            text: subject == nil ? mail.text : ""
        )
    }

    private static func objection(
        to opened: OpenedMessage,
        _ message: ReceivedMessage,
        in context: PolicyContext
    ) throws -> (Refusal, String)? {
        // Whatever is wrong with it besides: nobody is to read it.
        if opened.isAutomatic || message.hasNullReversePath,
            LoopPolicy().judge(opened, in: context) == .passes
        {
            return (.automatic, "it was not written by hand")
        }
        for policy: any PostingPolicy in [
            LoopPolicy(), SizePolicy(), StructurePolicy(), SetupMessagePolicy(),
        ] {
            switch try policy.judge(opened, in: context) {
            case .passes: continue
            case .refuses(let refusal, let detail):
                // What is known only by opening it has one reply.
                return (refusal == .malformedInside ? .commandRefused : refusal, detail)
            }
        }
        if case .failed(let detail) = opened.encryption { return (.commandRefused, detail) }
        return nil
    }

    private static func isSecret(_ key: [UInt8]) -> Bool {
        let packets = Armor.isArmored(key) ? try? Armor.dearmor(key, kind: .privateKey) : key
        guard let packets else { return false }
        do { _ = try CertificateScan(packets) } catch { return error.reason == .secretKey }
        return false
    }

    private func refuse(
        _ detail: String,
        _ opened: OpenedMessage,
        _ context: PolicyContext
    ) -> Judgement {
        let isProven = SignaturePolicy().judge(opened, in: context) == .passes
        return .refuse(
            .commandRefused,
            detail: detail,
            provenAuthor: isProven ? opened.author?.address : nil
        )
    }

    private func context(
        _ mail: CommandMail,
        _ opened: OpenedMessage,
        _ policies: PolicyContext,
        client: String?
    ) -> CommandContext {
        let list = policies.list
        let binding = CommandBinding(opened, text: mail.text, list: list)
        let isFresh =
            FreshnessPolicy().judge(opened, in: policies) == .passes
            && FromMatchPolicy().judge(opened, in: policies) == .passes && binding != .elsewhere
        let isSigned =
            isFresh && SignaturePolicy().judge(opened, in: policies) == .passes
            && opened.verifier == opened.author?.certificate
        let (store, sealer, sources, now) = (store, sealer, sources, policies.now)
        let moderation = moderation
        return CommandContext(
            list: list,
            mail: mail,
            person: opened.author,
            isSigned: isSigned,
            isFresh: isFresh,
            isBound: isSigned && binding == .here,
            runner: WorkflowRunner(list: list, now: now, answering: mail.messageID) {
                var random = RandomSource()
                return .random(using: &random)
            },
            workflow: { try store.workflow(awaiting: $0) },
            pending: { try store.workflow($1, of: $0, in: list.id, now: now) },
            inspect: { try sealer.keys.certificates.inspect($0, updating: $1, now: now) },
            held: { try store.heldPost(awaiting: $0) },
            release: { post in
                do { return try moderation.release(post, of: list, now: now) } catch let error
                    as ModerationError
                {
                    // The engine is well: it would fail for ever.
                    return .impossible("\(error)")
                }
            },
            rejection: { try moderation.rejection(of: $0, of: list, reason: $1, now: now) },
            certifications: { copy, certifier in
                try sealer.keys.certificates.certifications(
                    in: copy,
                    of: sealer.keys.keyring(of: list).publicKey(),
                    by: certifier
                )
            },
            isTaken: { certificate, address in
                try store.isTaken(certificate.provenFingerprints, besides: address, in: list.id)
            },
            isCourteous: { address in
                let mayWrite =
                    try store.mayWrite(to: address, from: list.id, now: now)
                    && sources.allows(client, at: now)
                if !mayWrite { try store.count(.withheld, of: list.id) }
                return mayWrite
            },
            outsider: { try store.outsider(at: $0, of: list.id) },
            subscriber: { try store.subscriber(at: $0, of: list.id) },
            subscribers: { limit in
                try store.subscribers(
                    of: list.id,
                    holding: .subscriber,
                    after: 0,
                    limit: limit
                )
            }
        )
    }
}

/// For whom a signed mail with commands was written.
enum CommandBinding: Sendable, Hashable {
    /// The signature names this list.
    case here
    /// It names others.
    case elsewhere
    /// It names nobody.
    case open

    init(_ opened: OpenedMessage, text: String, list: MailingList) {
        let all: Set<ListRole> = [.posting, .request, .owner, .join, .leave]
        let recipients = opened.protectedRecipients ?? []
        let keys = opened.intendedRecipients
        if opened.hasUnreadableRecipients
            || keys.contains(where: { $0.isDisjoint(with: list.keys) })
            || !recipients.isEmpty && !recipients.contains(where: { list.isAddress($0, of: all) })
        {
            self = .elsewhere
            // A post is to the list too: only what was written to this address is a command.
        } else if recipients.contains(where: { list.isAddress($0, of: [.request]) })
            || text.split(whereSeparator: \.isNewline).contains(where: { line in
                let words = line.lowercased().split(separator: " ")
                return words.count == 2 && words[0] == "list:"
                    && list.addresses.contains { words[1] == $0.key }
            })
        {
            self = .here
        } else {
            self = .open
        }
    }
}
