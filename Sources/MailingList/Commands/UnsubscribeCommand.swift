/// `unsubscribe`, and any mail to `LIST-leave`.
///
/// Signed for this list it is done at once; else whoever reads mail to the address
/// is asked. A stranger is told the same as a subscriber, and gets no mail.
struct UnsubscribeCommand: MailCommand {
    let syntax = CommandSyntax(
        "unsubscribe",
        summary: "Ends your subscription: at once if it is signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        try context.courteously { address in
            guard let person = context.person, person.roles.contains(.subscriber) else {
                return Transition()
            }
            guard try context.pending(address, .unsubscription) == nil || context.isBound else {
                return Transition()
            }
            return context.runner.begin(
                .unsubscription,
                of: address,
                steps: context.isBound ? [] : [.verifyAddress],
                person: person
            )
        }
    }
}
