import OpenPGP

/// `key update`: the confirmed key with a later expiry or another subkey.
///
/// It need not be signed, since an expired key can no longer sign: what the key says
/// of itself is signed by it, and nothing counts before the statement comes back,
/// signed under the updated key.
struct KeyUpdateCommand: MailCommand {
    let syntax = CommandSyntax(
        "key update",
        summary: "Updates your key from the attached copy, for example with a later expiry date.",
        german:
            "Erneuert Ihren Schlüssel aus der angehängten Fassung, etwa mit späterem Ablaufdatum."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        // A stranger is answered the same: nothing begins for a key that is not the subscriber's,
        // and nobody is told. Their key is inspected all the same, so that it takes as long.
        let sent: Certificate? =
            switch try context.oneKey() {
            case .success(let bytes): try context.version(bytes)
            case .failure: nil
            }
        return try context.limited(.keyUpdate) { address in
            guard let person = context.person, let old = person.certificate,
                let new = sent, new.fingerprint == old.fingerprint, new.bytes != old.bytes,
                new.encryptionSubkey != nil
            else {
                return context.isSigned
                    ? context.failure("key update", .noNewerKey)
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
            // Anybody can begin an update for this address; a signed request replaces it.
            return context.isSigned ? Transition(changes: [.end(pending)]) + begun : Transition()
        }
    }
}
