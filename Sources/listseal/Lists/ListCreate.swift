import Administration
import ArgumentParser

/// The command `listseal list create`.
struct ListCreate: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a list with a key of its own.",
        discussion: """
            Give each --owner an --owner-key, in the same order. The command writes the \
            certificate that revokes the list's key to the state directory: keep it on another \
            host.
            """
    )

    static let makesState = true

    @Argument(help: "The posting address.")
    var address: String
    @Option(name: .customLong("owner"), help: "The address of an owner; may be repeated.")
    var owners: [String]
    @Option(name: .customLong("owner-key"), help: "The public key of that owner, a file.")
    var ownerKeys: [String]
    @Option(help: "The name that mail programs show.")
    var displayName = ""
    @OptionGroup var rsa: RSAOption
    @Option(
        help: ArgumentHelp(
            "Use an existing secret key, without a passphrase.",
            valueName: "file"
        )
    )
    var secretKey: String?
    @OptionGroup var options: ActOptions

    func validate() throws {
        guard !owners.isEmpty, owners.count == ownerKeys.count else {
            throw ValidationError("Give at least one --owner, and an --owner-key for each.")
        }
        guard rsa.rsa == nil || secretKey == nil else {
            throw ValidationError("--rsa makes a key, and --secret-key uses one: choose.")
        }
    }

    func act(on host: ListHost) throws -> ActResult<CreatedList> {
        try host.create(
            NewList(
                address: ListHost.address(address),
                owners: zip(owners, ownerKeys).map {
                    NewList.Owner(address: try ListHost.address($0), key: try KeyFile(reading: $1))
                },
                displayName: displayName,
                key: secretKey.map { .imported(try KeyFile.contents(of: $0)) } ?? rsa.source
            )
        )
    }

    func lines(of list: CreatedList) -> [String] {
        [
            "\(list.address) has the key",
            list.fingerprint,
            "Keep its revocation certificate on another host: \(list.revocationCertificate)",
        ]
    }
}
