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
        guard case .success(let bytes) = try context.oneKey() else {
            return .refused("key revoke without a key")
        }
        // Whatever else it is, a stranger is told the same: whether somebody subscribes
        // must not show in what is said of her key.
        guard let person = context.person, let old = person.certificate,
            case .success(let new) = try context.environment.inspect(bytes, old),
            new.fingerprint == old.fingerprint, try context.isRevoked(new),
            try !context.environment.isTaken(new, person.address)
        else {
            return .done(
                context.isSigned
                    ? context.failure("key revoke", "no revocation of your key is attached")
                    : Transition()
            )
        }
        let reset = { () throws -> Transition in
            guard try context.environment.pending(person.address, .keyReset) == nil else {
                return Transition()
            }
            return context.runner.begin(
                .keyReset,
                of: person.address,
                steps: [.keySet, .keyConfirm, .moderate],
                person: person
            )
        }
        // It has ended already: once a day she may be asked for another one anew.
        guard try !context.isRevoked(old) else {
            return try context.courteously { _ in try reset() }
        }
        let values = [
            "fingerprint": old.fingerprint.description, "address": person.address.description,
        ]
        let end = Transition(
            changes: [
                .replaceCertificate(new, of: person.address, replacing: old.fingerprint)
            ],
            answers: context.tell(person, .keyEnded, values, with: nil) + [
                Answer(
                    reader: .ownersIfTheyCan,
                    text: AnswerText(.keyEndedOwners, values),
                    attachments: [],
                    answering: nil
                )
            ]
        )
        return .done(end + (try reset()))
    }
}

extension CommandContext {
    fileprivate func isRevoked(_ certificate: Certificate) throws -> Bool {
        try environment.inspect(certificate.bytes, nil) == .failure(.revoked)
    }

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
