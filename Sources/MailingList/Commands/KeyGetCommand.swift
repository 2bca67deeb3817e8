import OpenPGP
import SMTP

/// `key get ADDRESS`: a subscriber's confirmed key, where the owners let them know each
/// other.
struct KeyGetCommand: MailCommand {
    let syntax = CommandSyntax(
        "key get",
        "ADDRESS",
        1...1,
        summary: "Sends you a subscriber's key, if the list allows it. Sign the mail.",
        german:
            "Schickt Ihnen den Schlüssel eines Mitglieds, wenn die Liste das erlaubt. Signieren Sie die Mail."
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
            return .done(context.failure("key get", .unknownAddress))
        }
        return .done(
            Transition(
                answers: context.answer(
                    .subscriberKey,
                    [
                        "address": .address(other.address),
                        "fingerprint": .key(certificate.fingerprint),
                    ],
                    attaching: [.certificate(certificate)]
                )
            )
        )
    }
}
