import OpenPGP

/// `key change`: another key takes the place of the confirmed one.
///
/// The request is signed by the old key, and so is the statement, which is encrypted
/// to the new one.
struct KeyChangeCommand: MailCommand {
    let syntax = CommandSyntax(
        "key change",
        summary: "Replaces your key by the attached one; signed with the old one."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.uncovered("key change") { return answer }
        guard let person = context.person, let old = person.certificate, context.isSigned,
            context.mail.areKeysSigned
        else {
            return .refused("key change, or the key in it, is not signed by the confirmed key")
        }
        guard try context.environment.pending(person.address, .keyChange) == nil else {
            return .done(
                context.failure("key change", "one is under way; answer it or let it expire")
            )
        }
        switch try context.oneKey() {
        case .failure(let problem):
            return .done(context.failure("key change", problem.reason))
        case .success(let bytes):
            switch try context.environment.inspect(bytes, old) {
            case .failure(let refusal):
                return .done(context.failure("key change", "\(refusal)"))
            case .success(let new) where new.fingerprint == old.fingerprint:
                return .done(
                    context.failure("key change", "this is your key; 'key update' takes it")
                )
            case .success(let new):
                return .done(
                    context.runner.begin(
                        .keyChange,
                        of: person.address,
                        steps: context.list.settings.keyChangeWorkflow,
                        certificate: new,
                        person: person
                    )
                )
            }
        }
    }
}

extension CommandContext {
    /// What somebody is told who signed the mail, and not what it says in its Subject.
    func uncovered(_ command: String) -> CommandResult? {
        guard isMailSigned, !isSigned else { return nil }
        return .done(
            failure(
                command,
                "your signature does not cover the Subject; write the command into the text"
            )
        )
    }

    /// What a proven person is told if it cannot be done.
    public func failure(_ command: String, _ reason: String) -> Transition {
        Transition(answers: answer(.failed, ["command": command, "reason": reason]))
    }
}
