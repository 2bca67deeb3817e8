import OpenPGP
import SMTP

/// `key revoke`: the end of the confirmed key.
///
/// The proof is in the attached key: a revocation is signed by the key itself, so the
/// mail need not be. Copies stop in the same transaction, and a new key is asked for.
struct KeyRevokeCommand: MailCommand {
    let syntax = CommandSyntax(
        "key revoke",
        summary: "Stops the use of your key. Attach the key with its revocation.",
        german: "Beendet die Verwendung Ihres Schlüssels. Hängen Sie ihn mit seinem Widerruf an."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard case .success(let bytes) = try context.oneKey() else {
            return .refused("key revoke without a key")
        }
        // Both are asked whoever wrote, so that a stranger costs as much as a subscriber.
        let sent = try context.version(bytes)
        let isRevoked = try (sent ?? .sample).map(context.isRevoked) ?? false
        // A stranger is told the same in every other case: what is said about a key must not
        // show whether its owner subscribes.
        guard let person = context.person, let old = person.certificate,
            let new = sent, new.fingerprint == old.fingerprint, isRevoked,
            try !context.environment.isTaken(new, person.address)
        else {
            return .done(
                context.isSigned
                    ? context.failure("key revoke", .noRevocation)
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
        // The key was revoked before: the subscriber is asked for another one at most once a day.
        guard try !context.isRevoked(old) else {
            return try context.limited(.keyReset) { _ in try reset() }
        }
        let values: [String: TextValue] = [
            "fingerprint": .key(old.fingerprint), "address": .address(person.address),
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
        _ values: [String: TextValue],
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
