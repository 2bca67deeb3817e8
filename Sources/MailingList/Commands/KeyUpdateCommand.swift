import OpenPGP

/// `key update`: the confirmed key with a later expiry or another subkey.
///
/// It need not be signed, since an expired key can no longer sign: what the key says
/// of itself is signed by it, and nothing counts before the statement comes back,
/// signed under the updated key.
struct KeyUpdateCommand: MailCommand {
    let syntax = CommandSyntax(
        "key update",
        summary: "Updates your key from the attached copy: a later expiry, another subkey."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        // The same for a stranger: what is not hers is not begun, and nobody is told.
        try context.courteously { address in
            guard let person = context.person, let old = person.certificate,
                case .success(let bytes) = try context.oneKey(),
                case .success(let new) = try context.environment.inspect(bytes, old),
                new.fingerprint == old.fingerprint, new.bytes != old.bytes,
                new.encryptionSubkey != nil
            else {
                return context.isSigned
                    ? context.failure("key update", "no newer copy of your key is attached")
                    : Transition()
            }
            let begun = context.runner.begin(
                .keyUpdate,
                of: address,
                steps: [.keyConfirm],
                certificate: new,
                person: person
            )
            guard let pending = try context.environment.pending(address, .keyUpdate) else {
                return begun
            }
            // Anybody can begin one in her name; what she has signed takes its place.
            return context.isSigned ? Transition(changes: [.end(pending)]) + begun : Transition()
        }
    }
}
