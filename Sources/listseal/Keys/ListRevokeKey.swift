import Administration
import ArgumentParser
import MailingList

/// The command `listseal list revoke-key`.
struct ListRevokeKey: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-key",
        abstract: "Revoke the list's key, because somebody else may have it, and make another.",
        discussion: """
            Mail to the old key is refused at once. Everybody on the list is told by a mail that \
            is signed with the new key. Nobody can trust that mail alone: read the new fingerprint \
            out to people. What is stored is sealed to the new key now. The secret half of the old \
            key is destroyed a day later, or when no post that is encrypted to it waits for a \
            moderator any more. Whoever has the old key can read the list's mail from before.
            """
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var rsa: RSAOption
    @Flag(help: "Do it; without this the command only says what it would do.")
    var yes = false
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ReplacedKey> {
        guard yes else {
            throw ActFailure(
                .notAllowed,
                "this would revoke the key of \(list.address), for ever",
                hint: "add --yes"
            )
        }
        return try host.revokeKey(of: list, to: rsa.source)
    }

    func lines(of key: ReplacedKey) -> [String] { key.lines }
}
