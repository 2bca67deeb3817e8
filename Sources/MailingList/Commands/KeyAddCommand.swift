import OpenPGP
import SMTP

/// `key add ADDRESS`, with a key attached: what is sent on to that address is encrypted to it.
///
/// Names in the key are not asked: who owns it is what the owner knows.
struct KeyAddCommand: MailCommand {
    let syntax = CommandSyntax(
        "key add",
        "ADDRESS",
        1...1,
        summary: "Owners: says which key an address outside the list has, attached; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.notOwner("key add") { return answer }
        guard let address = arguments.first.flatMap({ EmailAddress($0) }) else {
            return .done(context.failure("key add", "that is no mail address"))
        }
        // A field outside is anybody's to change, and her own key is not meant.
        guard context.mail.areKeysSigned else {
            return .done(context.failure("key add", "no key stood inside what you have signed"))
        }
        switch try context.oneKey() {
        case .failure(let problem): return .done(context.failure("key add", problem.reason))
        case .success(let bytes):
            switch try context.environment.inspect(bytes, nil) {
            case .failure(let refusal): return .done(context.failure("key add", "\(refusal)"))
            case .success(let certificate):
                return .done(
                    Transition(
                        changes: [.bindKey(certificate, to: address)],
                        answers: context.toOwners(
                            .keyBound,
                            [
                                "address": address.description,
                                "fingerprint": certificate.fingerprint.description,
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
        summary: "Owners: forgets the key of an address outside the list; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.notOwner("key remove") { return answer }
        guard let address = arguments.first.flatMap({ EmailAddress($0) }),
            let outsider = try context.environment.externalContact(address)
        else { return .done(context.failure("key remove", "no key is bound to that address")) }
        return .done(
            Transition(
                changes: [.unbindKey(of: address)],
                answers: context.toOwners(
                    .keyUnbound,
                    [
                        "address": address.description,
                        "fingerprint": outsider.certificate.fingerprint.description,
                    ]
                )
            )
        )
    }
}

extension CommandContext {
    /// What is answered unless an owner has signed this, for this list; nil if she has.
    ///
    /// Without a token in it, a mail to another list of hers would do as well.
    func notOwner(_ command: String) -> CommandResult? {
        guard isSigned, person?.roles.contains(.owner) ?? false else {
            return .refused("\(command) is not signed by the confirmed key of an owner")
        }
        guard isBound else {
            return .done(
                failure(
                    command,
                    "the signature does not say for which list; write 'list: "
                        + "\(list.address)' below the command"
                )
            )
        }
        return nil
    }

    /// Word to all owners of what one of them has done.
    func toOwners(_ name: TextName, _ values: [String: String]) -> [Answer] {
        let by = ["by": person?.address.description ?? ""]
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
