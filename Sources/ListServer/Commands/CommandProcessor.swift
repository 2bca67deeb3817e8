import Foundation
import MailingList
import OpenPGP
import SMTP

/// Runs the commands of a mail, and says what follows: changes, and answers to people.
///
/// It changes nothing itself. All that follows, the count of wrong answers to a challenge
/// too, is committed with the receipt of the mail.
struct CommandProcessor: Sendable {
    let store: any ListStore
    let sealer: Sealer
    let judge: Judge
    let moderation: Moderation
    let sources = SourceLimits()

    /// What follows; nil if a person has to read the mail: it has no command, or it does not
    /// open.
    ///
    /// Throws what the store and the engine throw.
    func disposition(
        of arrival: Arrival,
        _ judgement: Judgement,
        now: Date
    ) throws -> Disposition? {
        let role = arrival.recipient.role
        // Mail to any other address is a command, or wrong.
        let mayBeLetter = role == .request
        if case .refuse(let refusal) = judgement.verdict {
            return refused(refusal, judgement, mayBeLetter)
        }
        let mail = CommandReader.mail(
            arrival.opened,
            messageID: arrival.message.messageID,
            list: arrival.recipient.list
        )
        let calls = Self.calls(in: mail, for: role)
        // Nobody may read a secret key.
        if calls.isEmpty, mayBeLetter, !mail.keys.contains(where: Self.isSecret) { return nil }
        let context = context(of: mail, arrival, judgement, now)
        var run = CommandRun()
        for call in calls {
            let covering = context.covering(call, isOfAddress: role != .request)
            run.add(try call.command.run(call.arguments, in: covering), of: call, context)
        }
        return try disposition(of: run, arrival, judgement, now)
    }

    private func refused(
        _ refusal: Refusal,
        _ judgement: Judgement,
        _ mayBeLetter: Bool
    ) -> Disposition? {
        switch refusal {
        // A fault that only opening finds has one reply.
        case .malformedInside, .notDecryptable:
            return mayBeLetter ? nil : .refuse(.commandRefused, judgement.detail)
        // Signed content is neither carried out twice, nor as a command if it was a post.
        case .replay: return refuse(judgement.detail, judgement)
        default: return .refuse(refusal, judgement.detail)
        }
    }

    private func refuse(_ detail: String, _ judgement: Judgement) -> Disposition {
        .refuse(.commandRefused, detail, provenAuthor: judgement.provenAddress)
    }

    private func disposition(
        of run: CommandRun,
        _ arrival: Arrival,
        _ judgement: Judgement,
        _ now: Date
    ) throws -> Disposition {
        guard run.isAnythingDone else {
            let outcome = Outcome.refused(
                .commandRefused,
                detail: run.firstRefusal ?? "there is no command in it",
                provenAuthor: judgement.provenAddress
            )
            guard !run.wrongAnswers.isEmpty else { return .answer(outcome) }
            return .storeAndAnswer(
                Acceptance(
                    list: arrival.recipient.list,
                    receipt: arrival.receipt.ofWrongAnswer,
                    claims: [],
                    effect: .carryOut(run.wrongAnswers.map { .fail($0) }, answers: [])
                ),
                outcome
            )
        }
        let answers = try sealed(run, arrival.recipient.list, judgement, now)
        let unwritten = run.transition.answers.count - answers.count
        return .store(
            arrival.acceptance(
                .carryOut(
                    run.transition.changes + run.wrongAnswers.map { .fail($0) },
                    answers: answers
                ),
                claims: judgement.claims,
                // Names alone: an argument can be a token or an address.
                detail: run.done.joined(separator: ", ")
                    + run.unanswered.map { "; not answered, \($0)" }.joined()
                    + (unwritten == 0
                        ? "" : "; \(unwritten) answers not written: their reader has no usable key")
            )
        )
    }

    private func sealed(
        _ run: CommandRun,
        _ list: MailingList,
        _ judgement: Judgement,
        _ now: Date
    ) throws -> [SealedAnswer] {
        let written = try run.transition.answers.compactMap { answer in
            try sealer.seal(answer, of: list, now: now).map { (answer: answer, sealed: $0) }
        }
        if !judgement.proof.isSignedNow {
            try AnswerWork(ofCommands: run.done.count).complete(
                after: AnswerWork(of: written),
                with: sealer.keys.keyring(of: list)
            )
        }
        return written.map(\.sealed)
    }

    // Mail to an address such as LIST-join is one command, whatever the mail says.
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

    private static func isSecret(_ key: [UInt8]) -> Bool {
        let packets = Armor.isArmored(key) ? try? Armor.dearmor(key, kind: .privateKey) : key
        guard let packets else { return false }
        do { _ = try CertificateScan(packets) } catch { return error.reason == .secretKey }
        return false
    }

    private func context(
        of mail: CommandMail,
        _ arrival: Arrival,
        _ judgement: Judgement,
        _ now: Date
    ) -> CommandContext {
        let list = arrival.recipient.list
        return CommandContext(
            list: list,
            mail: mail,
            proof: judgement.proof,
            runner: WorkflowRunner(list: list, now: now, answering: mail.messageID) {
                var random = RandomSource()
                return .random(using: &random)
            },
            environment: ListEnvironment(
                list: list,
                store: store,
                sealer: sealer,
                moderation: moderation,
                sources: sources,
                client: arrival.message.clientAddress,
                now: now
            )
        )
    }
}
