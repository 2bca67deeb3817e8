import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal list create`.
struct ListCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a list with a key of its own.",
        discussion: """
            Each --owner is followed by her --owner-key. The list's revocation certificate is \
            written to the state directory: carry it off this host.
            """
    )

    @Argument(help: "The posting address.")
    var address: String
    @Option(name: .customLong("owner"), help: "The address of an owner; may be repeated.")
    var owners: [String]
    @Option(name: .customLong("owner-key"), help: "The public key of that owner, a file.")
    var ownerKeys: [String]
    @Option(help: "The name that mail programs show.")
    var displayName = ""
    @Option(help: ArgumentHelp("Make an RSA key of so many bits.", valueName: "bits"))
    var rsa: Int?
    @Option(
        help: ArgumentHelp("Take an existing secret key without a passphrase.", valueName: "file")
    )
    var secretKey: String?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !owners.isEmpty, owners.count == ownerKeys.count else {
            throw ValidationError("Give at least one --owner, and an --owner-key for each.")
        }
        guard rsa == nil || secretKey == nil else {
            throw ValidationError("--rsa makes a key and --secret-key takes one: choose.")
        }
        if let rsa, !(2048...8192).contains(rsa) {
            throw ValidationError("An RSA key has 2048 to 8192 bits.")
        }
    }

    func run() throws {
        let administration = try Administration(state)
        let posting = try administration.freeAddress(address)
        let people = try zip(owners, ownerKeys).map { owner, file in
            NewSubscriber(
                address: try administration.address(owner),
                roles: .owner,
                certificate: try administration.certificate(in: file)
            )
        }
        var settings = ListSettings()
        guard ListSettings.named("display_name")?.set(&settings, displayName) ?? false else {
            throw CommandFailure(
                "the display name cannot be \(displayName)",
                hint: "it takes at most 60 characters, without line breaks"
            )
        }
        let (list, revocation) = try create(posting, settings, people, administration)
        administration.keys.stopAgents()
        if let advice = try PostfixMap.update(administration) {
            OutputOptions.note(advice)
        }
        try output.print(
            Created(
                address: list.address.description,
                fingerprint: list.fingerprint.description,
                revocationCertificate: revocation
            ),
            or: [
                "\(list.address) has the key",
                list.fingerprint.description,
                "Carry its revocation certificate off this host: \(revocation)",
            ]
        )
    }

    private struct Created: Encodable {
        let address: String
        let fingerprint: String
        let revocationCertificate: String
    }

    private func create(
        _ posting: EmailAddress,
        _ settings: ListSettings,
        _ owners: [NewSubscriber],
        _ administration: Administration
    ) throws -> (list: MailingList, revocation: String) {
        // The key answers for the list, and for its service mail.
        let request = ListAddress(list: posting, role: .request).address
        let name = settings.displayName.isEmpty ? "" : settings.displayName + " "
        let userIDs = ["\(name)<\(posting)>", "\(name)<\(request)>"]
        var revocation = ""
        do {
            let list = try administration.store.createList(
                at: posting,
                settings: settings,
                owners: owners,
                now: Date(),
                makeKey: { id in
                    let home = administration.state.keyHome(of: id)
                    let keyring = try makeKey(home, userIDs, administration.keys.engine)
                    revocation = try administration.keepRevocation(of: keyring)
                    return keyring.fingerprint
                },
                discardKey: { id in
                    for path in [administration.state.keyHome(of: id), revocation] {
                        try? FileManager.default.removeItem(atPath: path)
                    }
                }
            )
            return (list, revocation)
        } catch ListStoreError.addressTaken {
            throw CommandFailure(
                "there is a list with the address or the List-Id of \(posting) already",
                hint: "'listseal lists' prints all; a renamed list keeps its List-Id for ever"
            )
        } catch ListStoreError.keyInUse {
            throw CommandFailure(
                "two owners have the same key",
                hint: "each owner signs with a key of their own; nothing was made"
            )
        }
    }

    private func makeKey(
        _ home: String,
        _ userIDs: [String],
        _ engine: Engine
    ) throws -> ListKeyring {
        if let secretKey {
            return try ListKeyring.create(
                home: home,
                engine: engine,
                importing: try Administration.contents(of: secretKey),
                userIDs: userIDs
            )
        }
        return try ListKeyring.create(
            home: home,
            engine: engine,
            algorithm: rsa.map { .rsa(bits: $0) } ?? .curve25519,
            userIDs: userIDs
        )
    }
}
