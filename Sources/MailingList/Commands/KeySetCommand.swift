import OpenPGP

/// `key set TOKEN`, with a key attached.
///
/// The token has been sent to the address, so whoever has it may be told what is
/// wrong with the key. Whether the key is another subscriber's she learns only after
/// she has proven that it is hers.
struct KeySetCommand: MailCommand {
    let syntax = CommandSyntax(
        "key set",
        "TOKEN",
        1...1,
        summary: "Gives the list your key, which is attached."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let workflow = try context.workflow(for: arguments.first),
            let token = arguments.first, workflow.step == .keySet
        else { return .refused(CommandContext.noToken) }
        let reason: String
        switch try context.oneKey() {
        case .failure(let problem): reason = problem.reason
        case .success(let bytes):
            switch try context.newKey(bytes) {
            case .failure(let refusal): reason = "\(refusal)" + Self.advice(refusal)
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
        // She may try again; not for ever.
        return .done(
            Transition(
                changes: [.fail(workflow)],
                answers: context.answer(
                    .keyRefused,
                    ["reason": reason, "token": token.lowercased()]
                )
            )
        )
    }

    private static func advice(_ refusal: CertificateRefusal) -> String {
        switch refusal {
        case .secretKey:
            ".\n  Consider this key as known to others: it was sent by mail. Make a new one, and\n"
                + "  attach its public part alone"
        default: ""
        }
    }
}

/// Why there is not one key in a mail.
struct KeyProblem: Error {
    let reason: String
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

    /// The one key that came with the mail.
    func oneKey() throws -> Result<[UInt8], KeyProblem> {
        switch mail.keys.count {
        case 0: .failure(KeyProblem(reason: "no key was attached"))
        case 1: .success(mail.keys[0])
        default:
            .failure(KeyProblem(reason: "\(mail.keys.count) keys were attached; send one"))
        }
    }
}
