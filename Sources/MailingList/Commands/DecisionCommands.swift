import SMTP

/// `accept TOKEN`: an owner or a moderator lets somebody in.
struct AcceptCommand: MailCommand {
    let syntax = CommandSyntax(
        "accept",
        "TOKEN",
        1...1,
        summary: "Owners and moderators: accepts a request or a post. Sign the mail.",
        german:
            "Listenleitung und Moderation: nimmt eine Anfrage oder einen Beitrag an. Signieren Sie die Mail."
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
        summary: "Owners and moderators: rejects it. The person reads the reason. Sign the mail.",
        german:
            "Listenleitung und Moderation: lehnt sie oder ihn ab. Die Person liest die Begründung. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let reason = arguments.dropFirst().joined(separator: " ")
        return try context.decide(arguments.first, accepted: false, reason: reason)
    }
}

/// `discard TOKEN`: a held message is dropped, and nobody is told.
struct DiscardCommand: MailCommand {
    let syntax = CommandSyntax(
        "discard",
        "TOKEN",
        1...1,
        summary: "Owners and moderators: drops a post that waits, and tells nobody. Sign the mail.",
        german:
            "Listenleitung und Moderation: verwirft einen wartenden Beitrag, ohne jemandem davon zu sagen. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard context.decides else { return .refused(CommandContext.notDecider) }
        guard let post = try context.heldPost(arguments.first) else {
            return .done(context.failure("discard", CommandContext.nothingWaits))
        }
        return .done(
            Transition(changes: [.dismiss(post.id)])
                + Transition(answers: context.decided(post, .discarded))
        )
    }
}

/// `trust TOKEN`: the same as accept, and the author's next posts do not wait.
struct TrustCommand: MailCommand {
    let syntax = CommandSyntax(
        "trust",
        "TOKEN",
        1...1,
        summary:
            "Owners and moderators: accepts a post, and the author's next posts do not wait. Sign the mail.",
        german:
            "Listenleitung und Moderation: nimmt einen Beitrag an, und die nächsten derselben Person warten nicht. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard context.decides else { return .refused(CommandContext.notDecider) }
        // Of a name that nothing proves, nobody's next posts can be trusted.
        guard let post = try context.heldPost(arguments.first),
            Set(post.reasons).isSubset(of: [.moderated, .emergency]), let author = post.author
        else { return .done(context.failure("trust", CommandContext.nothingWaits)) }
        return .done(
            try context.accept(post, "trust", also: Transition(changes: [.trust(author)]))
        )
    }
}

extension CommandContext {
    static let notDecider =
        "the decision is not signed by the confirmed key of an owner or a moderator"
    static let nothingWaits = CommandProblem.nothingWaits

    /// Whether an owner or a moderator has signed this.
    var decides: Bool {
        isSigned && !(person?.roles.isDisjoint(with: .deciders) ?? true)
    }

    func heldPost(_ token: String?) throws -> HeldPost? {
        guard let token = token.flatMap(WorkflowToken.init),
            let post = try environment.held(token.digest),
            post.list == list.id
        else { return nil }
        return post
    }

    // What is asked again, or impossible, has no further effect.
    func accept(
        _ post: HeldPost,
        _ command: String,
        also further: Transition = Transition()
    ) throws -> Transition {
        switch try environment.release(post) {
        case .released(let transition):
            transition + further + Transition(answers: decided(post, .accepted))
        case .asked(let transition): transition
        case .impossible(let reason): failure(command, reason)
        }
    }

    func decided(_ post: HeldPost, _ decision: HeldDecision) -> [Answer] {
        answer(
            .decided,
            [
                "asks": .wrotePost, "address": .address(post.author),
                "decision": .decision(decision),
            ]
        )
    }

    fileprivate func decide(
        _ token: String?,
        accepted: Bool,
        reason: String
    ) throws -> CommandResult {
        // The token names what waits; the signature says who decides.
        guard decides else { return .refused(Self.notDecider) }
        if let post = try heldPost(token) {
            return .done(
                accepted
                    ? try accept(post, "accept")
                    : try environment.rejection(post, reason)
                        + Transition(answers: decided(post, .rejected))
            )
        }
        let command = accepted ? "accept" : "reject"
        guard let token = token.flatMap(WorkflowToken.init),
            let found = try environment.workflow(awaiting: token.digest),
            found.list == list.id, found.step == .moderate
        else { return .done(failure(command, Self.nothingWaits)) }
        let transition: Transition
        switch try runner.decide(
            .decision(accepted: accepted, reason: reason),
            on: found,
            person: try environment.subscriber(found.address),
            isKeyInUse: { try environment.isTaken($0, found.address) }
        ) {
        case .decided(let next): transition = next
        case .notAwaited: return .done(failure(command, Self.nothingWaits))
        case .keyInUse:
            return .done(failure(command, .keyOfAnother))
        }
        let values: [String: TextValue] = [
            "asks": .asks(found.kind), "address": .address(found.address),
            "decision": .decision(accepted ? .accepted : .rejected),
        ]
        return .done(transition + Transition(answers: answer(.decided, values)))
    }
}
