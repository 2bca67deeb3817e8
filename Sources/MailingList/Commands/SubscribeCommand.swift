import Foundation
import OpenPGP

/// `subscribe`, and any mail to `LIST-join`.
///
/// A subscriber, a stranger and somebody who has asked before are told the same in
/// the dialogue: only whoever reads mail to the address learns which it is.
struct SubscribeCommand: MailCommand {
    let syntax = CommandSyntax(
        "subscribe",
        summary: "Asks to join the list.",
        german: "Bittet um Aufnahme in die Liste."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let steps = context.list.settings.subscriptionPolicy.steps else {
            return .refused("subscription_policy is closed")
        }
        return try context.limited(.subscription) { address in
            if context.person?.roles.contains(.subscriber) ?? false {
                return Transition(answers: context.answer(.alreadySubscribed))
            }
            guard try context.environment.pending(address, .subscription) == nil else {
                return Transition()
            }
            // The confirmed key of an owner is never replaced by one that comes by mail: anybody
            // who reads the owner's mail could take their place.
            let known = context.person?.certificate
            guard known?.canEncrypt(at: context.now) ?? true else { return Transition() }
            return context.runner.begin(
                .subscription,
                of: address,
                steps: known == nil ? steps : steps.filter { $0 != .keySet },
                certificate: known,
                person: context.person
            )
        }
    }
}

extension Certificate {
    /// Whether copies can be made for it, as far as its facts say.
    func canEncrypt(at now: Date) -> Bool {
        encryptionSubkey != nil && encryptionExpires.map { $0 > now } ?? true
    }
}
