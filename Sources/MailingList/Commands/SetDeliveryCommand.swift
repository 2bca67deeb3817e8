/// `set delivery on|off`: whether copies come.
struct SetDeliveryCommand: MailCommand {
    let syntax = CommandSyntax(
        "set delivery",
        "on|off",
        1...1,
        summary: "Lets copies come, or stops them; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.uncovered("set delivery") { return answer }
        guard let person = context.person, context.isSigned else {
            return .refused("set delivery is not signed by a confirmed key")
        }
        guard context.isBound else {
            return .done(
                context.failure(
                    "set delivery",
                    "the signature does not say for which list; write 'list: "
                        + "\(context.list.address)' below the command"
                )
            )
        }
        let state: Subscriber.Delivery
        switch arguments.first?.lowercased() {
        case "on": state = .active
        case "off": state = .suspended
        default:
            return .done(context.failure("set delivery", "it is 'on' or 'off'"))
        }
        return .done(
            Transition(
                changes: [.setDelivery(state, of: person.address)],
                answers: context.answer(.delivery, ["state": arguments[0].lowercased()])
            )
        )
    }
}
