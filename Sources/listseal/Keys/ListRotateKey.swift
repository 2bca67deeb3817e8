import Administration
import ArgumentParser
import MailingList

/// The command `listseal list rotate-key`.
struct ListRotateKey: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Give the list another key, which the old one announces.",
        discussion: """
            Everybody on the list receives the new key in a mail that is signed with the old one. \
            Mail to the old key is accepted for so many days. Then what is stored is sealed to the \
            new key, and the secret half of the old one is destroyed.
            """
    )

    @OptionGroup var target: ListArgument
    @Option(help: "For how many days mail to the old key is accepted, 1 to 365.")
    var days = 30
    @OptionGroup var rsa: RSAOption
    @OptionGroup var options: ActOptions

    func validate() throws {
        guard (1...365).contains(days) else { throw ValidationError("--days is from 1 to 365.") }
    }

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ReplacedKey> {
        try host.rotateKey(of: list, days: days, to: rsa.source)
    }

    func lines(of key: ReplacedKey) -> [String] { key.lines }
}

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

extension ReplacedKey {
    fileprivate var lines: [String] {
        [
            "\(address) has the key",
            fingerprint,
            isRevoked
                ? "Mail to the old key is refused. Publish its revoked form: \(revokedKey ?? "")"
                : "Mail to the old key is accepted until \(previousEnds.readable)",
            "Keep the new key's revocation certificate on another host: \(revocationCertificate)",
            "Publish the new key where you have published the old one: "
                + "'listseal list export-key', 'listseal wkd export'.",
        ]
    }
}
