import OpenPGP

/// `key set TOKEN`, with a key attached.
///
/// The token has been sent to the address, so whoever has it may be told what is
/// wrong with the key. They learn only after they have proven the key whether it is
/// another subscriber's.
struct KeySetCommand: MailCommand {
    let syntax = CommandSyntax(
        "key set",
        "TOKEN",
        1...1,
        summary: "Sends the list your public key. Attach the key.",
        german: "Schickt der Liste Ihren öffentlichen Schlüssel. Hängen Sie ihn an."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let workflow = try context.workflow(for: arguments.first),
            let token = arguments.first, workflow.step == .keySet
        else { return .refused(CommandContext.noToken) }
        let reason: CommandProblem
        switch try context.oneKey() {
        case .failure(let problem): reason = problem.problem
        case .success(let bytes):
            switch try context.newKey(bytes) {
            case .failure(let refusal): reason = .badKey(refusal)
            case .success(let certificate):
                guard
                    let transition = context.runner.resume(
                        workflow,
                        with: .key(certificate),
                        person: context.person
                    )
                else { return .wrongAnswer(workflow, "this workflow does not wait for a key") }
                return .done(transition)
            }
        }
        // They may try again, as often as a challenge allows.
        return .done(
            Transition(
                changes: [.fail(workflow)],
                answers: context.answer(
                    .keyRefused,
                    ["reason": .problem(reason), "token": .text(token.lowercased())]
                )
            )
        )
    }
}

/// Why there is not one key in a mail.
struct KeyProblem: Error {
    let problem: CommandProblem
}

extension CommandContext {
    /// A key that can be used now, with all that the list knows of it: a copy from before
    /// its revocation does not bring it back.
    func newKey(_ bytes: [UInt8]) throws -> Result<Certificate, CertificateRefusal> {
        switch try environment.inspect(bytes, person?.certificate) {
        case .success(let known) where known.fingerprint == person?.certificate?.fingerprint:
            try environment.inspect(known.bytes, nil)
        case let result: result
        }
    }

    /// A key as a version of the confirmed one; nil if it cannot be used, and is no end of it.
    ///
    /// The key of a person who has none confirmed is judged as a version of a sample: the work
    /// does not show who is subscribed.
    func version(_ bytes: [UInt8]) throws -> Certificate? {
        switch try environment.inspect(bytes, person?.certificate ?? .sample) {
        case .success(let certificate): certificate
        case .failure: nil
        }
    }

    /// The one key that came with the mail.
    func oneKey() throws -> Result<[UInt8], KeyProblem> {
        switch mail.keys.count {
        case 0: .failure(KeyProblem(problem: .noKey))
        case 1: .success(mail.keys[0])
        default:
            .failure(KeyProblem(problem: .severalKeys(mail.keys.count)))
        }
    }
}
