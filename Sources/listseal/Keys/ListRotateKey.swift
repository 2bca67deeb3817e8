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

extension ReplacedKey {
    /// The new key, and what there is to do with it.
    var lines: [String] {
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
