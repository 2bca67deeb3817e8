/// `unsubscribe`, and any mail to `LIST-leave`.
///
/// Signed for this list it is done at once, unless the list has more steps; else whoever
/// reads mail to the address is asked. A stranger is told the same as a subscriber, and gets no mail.
struct UnsubscribeCommand: MailCommand {
    let syntax = CommandSyntax(
        "unsubscribe",
        summary: "Leaves the list, at once if the mail is signed.",
        german: "Verlässt die Liste, sofort, wenn die Mail signiert ist."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        try context.limited(.unsubscription) { address in
            guard let person = context.person, person.roles.contains(.subscriber) else {
                return Transition()
            }
            if let pending = try context.environment.pending(address, .unsubscription) {
                // A signature proves as much as the answer that the workflow waits for.
                guard context.isBound, pending.step == .verifyAddress else { return Transition() }
                return context.runner.resume(pending, with: .confirmed, person: person)
                    ?? Transition()
            }
            return context.runner.begin(
                .unsubscription,
                of: address,
                steps: context.list.settings.unsubscriptionPolicy.filter {
                    $0 != .verifyAddress || !context.isBound
                },
                person: person
            )
        }
    }
}
