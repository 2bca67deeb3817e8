import SMTP

/// `accept TOKEN`: an owner or a moderator lets somebody in.
struct AcceptCommand: MailCommand {
    let syntax = CommandSyntax(
        "accept",
        "TOKEN",
        1...1,
        summary: "Owners and moderators: accepts what a notice asked about; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        try context.decide(arguments.first, accepted: true, reason: "")
    }
}

/// `reject TOKEN reason`: they do not.
struct RejectCommand: MailCommand {
    let syntax = CommandSyntax(
        "reject",
        "TOKEN [REASON]",
        1...60,
        summary: "Owners and moderators: rejects it, with a reason that the person is told; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let reason = arguments.dropFirst().joined(separator: " ")
        return try context.decide(arguments.first, accepted: false, reason: reason)
    }
}

extension CommandContext {
    fileprivate func decide(
        _ token: String?,
        accepted: Bool,
        reason: String
    ) throws -> CommandResult {
        // The token names the workflow; the signature says that an owner decides.
        guard let person, !person.roles.isDisjoint(with: .deciders), isSigned else {
            return .refused(
                "the decision is not signed by the confirmed key of an owner or a moderator"
            )
        }
        guard let token = token.flatMap(WorkflowToken.init), let found = try workflow(token.digest),
            found.list == list.id, found.step == .moderate,
            let transition = runner.resume(
                found,
                with: .decision(accepted: accepted, reason: reason),
                person: try subscriber(found.address)
            )
        else {
            return .done(
                failure(accepted ? "accept" : "reject", "nothing waits for this decision any more")
            )
        }
        if accepted, let certificate = found.certificate, try isTaken(certificate, found.address) {
            return .done(failure("accept", "the key belongs to another address of the list"))
        }
        let values = [
            "action": found.kind.rawValue, "address": found.address.description,
            "decision": accepted ? "accepted" : "rejected",
        ]
        return .done(transition + Transition(answers: answer(.decided, values)))
    }
}
