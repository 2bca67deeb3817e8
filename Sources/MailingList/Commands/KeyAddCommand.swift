import OpenPGP
import SMTP

/// `key add ADDRESS`, with a key attached: what is sent on to that address is encrypted to it.
///
/// The names in the key are not checked: the owner vouches for whose key it is.
struct KeyAddCommand: MailCommand {
    let syntax = CommandSyntax(
        "key add",
        "ADDRESS",
        1...1,
        summary: "Owners: sets the attached key for an address outside the list. Sign the mail.",
        german:
            "Listenleitung: legt den angehängten Schlüssel für eine Adresse außerhalb fest. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.notOwner("key add") { return answer }
        guard let address = arguments.first.flatMap({ EmailAddress($0) }) else {
            return .done(context.failure("key add", .notAnAddress))
        }
        // Anybody can change a field outside the signature, and Autocrypt carries the owner's own
        // key.
        guard context.mail.areKeysSigned else {
            return .done(context.failure("key add", .keyNotSigned))
        }
        switch try context.oneKey() {
        case .failure(let problem): return .done(context.failure("key add", problem.problem))
        case .success(let bytes):
            switch try context.environment.inspect(bytes, nil) {
            case .failure(let refusal): return .done(context.failure("key add", .badKey(refusal)))
            case .success(let certificate):
                return .done(
                    Transition(
                        changes: [.bindKey(certificate, to: address)],
                        answers: context.toOwners(
                            .keyBound,
                            [
                                "address": .address(address),
                                "fingerprint": .key(certificate.fingerprint),
                            ]
                        )
                    )
                )
            }
        }
    }
}

/// `key remove ADDRESS`: nothing is encrypted to it any more.
struct KeyRemoveCommand: MailCommand {
    let syntax = CommandSyntax(
        "key remove",
        "ADDRESS",
        1...1,
        summary: "Owners: removes the key of an address outside the list. Sign the mail.",
        german:
            "Listenleitung: entfernt den Schlüssel einer Adresse außerhalb. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.notOwner("key remove") { return answer }
        guard let address = arguments.first.flatMap({ EmailAddress($0) }),
            let contact = try context.environment.externalContact(address)
        else { return .done(context.failure("key remove", .noContactKey)) }
        return .done(
            Transition(
                changes: [.unbindKey(of: address)],
                answers: context.toOwners(
                    .keyUnbound,
                    [
                        "address": .address(address),
                        "fingerprint": .key(contact.certificate.fingerprint),
                    ]
                )
            )
        )
    }
}

extension CommandContext {
    /// What is answered unless an owner has signed this, for this list; nil if one has.
    ///
    /// Without a token in the mail, one to another list of the same owner would count too.
    func notOwner(_ command: String) -> CommandResult? {
        guard isSigned, person?.roles.contains(.owner) ?? false else {
            return .refused("\(command) is not signed by the confirmed key of an owner")
        }
        guard isBound else {
            return .done(
                failure(command, .notBound(to: list.address))
            )
        }
        return nil
    }

    /// A notice to all owners of what one of them has done.
    func toOwners(_ name: TextName, _ values: [String: TextValue]) -> [Answer] {
        let by: [String: TextValue] = ["by": .address(person?.address)]
        return [
            Answer(
                reader: .ownersIfTheyCan,
                text: AnswerText(name, values.merging(by) { $1 }),
                attachments: [],
                answering: nil
            )
        ]
    }
}
