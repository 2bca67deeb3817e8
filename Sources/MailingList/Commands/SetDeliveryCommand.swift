/// `set delivery on|off`: whether copies come.
struct SetDeliveryCommand: MailCommand {
    let syntax = CommandSyntax(
        "set delivery",
        "on|off",
        1...1,
        summary: "Turns the delivery of posts to you on or off. Sign the mail.",
        german: "Schaltet die Zustellung von Beiträgen an Sie ein oder aus. Signieren Sie die Mail."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.uncovered("set delivery") { return answer }
        guard let person = context.person, context.isSigned else {
            return .refused("set delivery is not signed by a confirmed key")
        }
        guard context.isBound else {
            return .done(
                context.failure("set delivery", .notBound(to: context.list.address))
            )
        }
        let state: Subscriber.Delivery
        switch arguments.first?.lowercased() {
        case "on": state = .active
        case "off": state = .suspended
        default:
            return .done(context.failure("set delivery", .onOrOff))
        }
        return .done(
            Transition(
                changes: [.setDelivery(state, of: person.address)],
                answers: context.answer(.delivery, ["state": .state(state == .active)])
            )
        )
    }
}
