/// `key confirm`: the statement that was sent, signed.
///
/// The token stands in the statement and nowhere else, so the command needs no
/// argument, and is found by the statement when a mail program has taken the Subject
/// away.
struct KeyConfirmCommand: MailCommand {
    let syntax = CommandSyntax(
        "key confirm",
        "[TOKEN]",
        0...1,
        summary: "Shows that a key is yours. Answer the list's mail and sign the answer.",
        german:
            "Zeigt, dass ein Schlüssel Ihnen gehört. Antworten Sie signiert auf die Mail der Liste."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let statement = Statement(in: context.mail.text),
            let workflow = try context.workflow(for: statement.token?.description),
            let certificate = workflow.certificate
        else { return .refused("no statement that a workflow of this address waits for") }
        guard context.isFresh,
            let transition = context.runner.resume(
                workflow,
                with: .statement(statement, signedBy: context.mail.signer),
                person: context.person
            )
        else {
            return .wrongAnswer(
                workflow,
                "the statement was changed, or not signed by the key, or for somebody else"
            )
        }
        // Only now: before, it would tell a stranger whose key it is.
        guard try !context.environment.isTaken(certificate, workflow.address) else {
            return .done(
                Transition(
                    changes: [.end(workflow)],
                    answers: [
                        Answer(
                            reader: .person(workflow.address, certificate),
                            text: AnswerText(
                                .failed,
                                [
                                    "command": "key confirm", "reason": .problem(.keyOfAnother),
                                ]
                            ),
                            attachments: [],
                            answering: context.mail.messageID
                        )
                    ]
                )
            )
        }
        return .done(transition)
    }
}
