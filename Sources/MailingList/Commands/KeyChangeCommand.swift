import OpenPGP

/// `key change`: another key takes the place of the confirmed one.
///
/// The request is signed by the old key, and so is the statement, which is encrypted
/// to the new one.
struct KeyChangeCommand: MailCommand {
    let syntax = CommandSyntax(
        "key change",
        summary: "Replaces your key with the attached one. Sign with the old key.",
        german: "Ersetzt Ihren Schlüssel durch den angehängten. Signieren Sie mit dem alten."
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
                context.failure("key change", .changePending)
            )
        }
        switch try context.oneKey() {
        case .failure(let problem):
            return .done(context.failure("key change", problem.problem))
        case .success(let bytes):
            switch try context.environment.inspect(bytes, old) {
            case .failure(let refusal):
                return .done(context.failure("key change", .badKey(refusal)))
            case .success(let new) where new.fingerprint == old.fingerprint:
                return .done(
                    context.failure("key change", .sameKey)
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
    /// What somebody is told whose signature does not cover the Subject with the command; nil if
    /// it covers the command.
    func uncovered(_ command: String) -> CommandResult? {
        guard isMailSigned, !isSigned else { return nil }
        return .done(
            failure(command, .subjectNotSigned)
        )
    }

    /// Tells a person whose signature was verified why their command was not carried out.
    public func failure(_ command: String, _ problem: CommandProblem) -> Transition {
        Transition(
            answers: answer(.failed, ["command": .text(command), "reason": .problem(problem)])
        )
    }
}
