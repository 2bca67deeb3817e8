import OpenPGP
import SMTP

/// `key revoke`: the end of the confirmed key.
///
/// The proof is in the attached key: a revocation is signed by the key itself, so the
/// mail need not be. Copies stop in the same transaction, and a new key is asked for.
struct KeyRevokeCommand: MailCommand {
    let syntax = CommandSyntax(
        "key revoke",
        summary: "Ends the use of your key: the key with its revocation is attached."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let person = context.person, let old = person.certificate,
            case .success(let bytes) = try context.oneKey(),
            case .success(let new) = try context.inspect(bytes, old),
            new.fingerprint == old.fingerprint
        else { return .refused("no revocation of the confirmed key is attached") }
        let change = Transition.Change.replaceCertificate(
            new,
            of: person.address,
            replacing: old.fingerprint
        )
        let values = [
            "fingerprint": old.fingerprint.description, "address": person.address.description,
        ]
        guard new.encryptionSubkey == nil else {
            // Something less than the key was revoked: an old subkey, a name.
            return .done(
                Transition(
                    changes: [change],
                    answers: context.tell(person, .keyTaken, values, with: new)
                )
            )
        }
        let reset: Transition =
            try context.pending(person.address, .keyReset) == nil
            ? context.runner.begin(
                .keyReset,
                of: person.address,
                steps: [.keySet, .keyConfirm, .moderate],
                person: nil
            ) : Transition()
        return .done(
            Transition(
                changes: [change],
                answers: context.tell(person, .keyEnded, values, with: nil) + [
                    Answer(
                        reader: .owners,
                        text: AnswerText(.keyEndedOwners, values),
                        attachments: [],
                        answering: nil
                    )
                ]
            ) + reset
        )
    }
}

extension CommandContext {
    func tell(
        _ person: Subscriber,
        _ name: TextName,
        _ values: [String: String],
        with certificate: Certificate?
    ) -> [Answer] {
        [
            Answer(
                reader: .person(person.address, certificate),
                text: AnswerText(name, values),
                attachments: [],
                answering: mail.messageID
            )
        ]
    }
}
