import OpenPGP

/// `key sign`: the list's key comes back, certified by somebody who may.
///
/// Certifications are published with the list's key and speak for the list. So the command
/// accepts only verified ones, by the person's confirmed key, over names that the list's key
/// has.
struct KeySignCommand: MailCommand {
    let syntax = CommandSyntax(
        "key sign",
        summary: "Publishes your certification of the list's key. Attach that key; sign the mail.",
        german:
            "Veröffentlicht Ihre Beglaubigung des Schlüssels der Liste. Hängen Sie ihn an; signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let person = context.person, let certificate = person.certificate,
            context.isSigned,
            !person.roles.isDisjoint(with: context.list.settings.keySigningAllowed)
        else { return .refused("key sign is not signed by a key that may") }
        guard context.mail.listKeys.count == 1, let copy = context.mail.listKeys.first else {
            return .done(context.failure("key sign", .noListKey))
        }
        switch try context.environment.certifications(copy, certificate) {
        case .failure(let refusal):
            return .done(context.failure("key sign", .badCertification(refusal)))
        case .success(let certifications):
            return .done(
                Transition(
                    changes: [.certify(certifications)],
                    answers: context.answer(
                        .keySigned,
                        ["fingerprint": .key(context.list.fingerprint)],
                        attaching: [.listKey]
                    )
                )
            )
        }
    }
}
