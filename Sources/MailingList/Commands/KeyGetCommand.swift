import OpenPGP
import SMTP

/// `key get ADDRESS`: a subscriber's confirmed key, where the owners let them know each
/// other.
struct KeyGetCommand: MailCommand {
    let syntax = CommandSyntax(
        "key get",
        "ADDRESS",
        1...1,
        summary: "Sends a subscriber's key, if the list shows them; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let person = context.person, context.isSigned,
            context.list.settings.showsSubscribers && person.roles.contains(.subscriber)
                || person.roles.contains(.owner)
        else { return .refused("key get is not signed by a key that may ask") }
        guard let address = arguments.first.flatMap({ EmailAddress($0) }),
            let other = try context.environment.subscriber(address),
            let certificate = other.certificate
        else {
            return .done(context.failure("key get", "nobody with such an address has a key here"))
        }
        return .done(
            Transition(
                answers: context.answer(
                    .subscriberKey,
                    [
                        "address": other.address.description,
                        "fingerprint": certificate.fingerprint.description,
                    ],
                    attaching: [.certificate(certificate)]
                )
            )
        )
    }
}
