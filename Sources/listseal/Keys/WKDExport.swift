import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal wkd`.
struct WKD: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wkd",
        abstract: "Publish the lists' keys where mail programs look for them.",
        subcommands: [WKDExport.self]
    )
}

/// The command `listseal wkd export`.
struct WKDExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the files of a Web Key Directory.",
        discussion: """
            FOLDER is then what a web server gives out as /.well-known/openpgpkey/ of \
            https://openpgpkey.DOMAIN; for a host of the domain's own name it is FOLDER/DOMAIN. \
            Run it again when a key has changed; what it wrote for lists that are gone is \
            removed, and nothing else.
            """
    )

    @Argument(help: "Where the files go.")
    var folder: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Written: Encodable {
        let address: String
        /// Nil if the key names another address only.
        let file: String?
    }

    func run() throws {
        let administration = try Administration(state)
        let tree = try WebKeyTree(at: folder)
        var files: [String: Data] = [:]
        var written: [Written] = []
        for list in try administration.store.lists() {
            let key = try Certification.add(
                administration.store.certifications(of: list.id),
                to: administration.keys.keyring(of: list).publicKey()
            )
            for address in list.addresses + list.addresses(of: .request) {
                let name = WebKeyDirectory.fileName(forLocalPart: address.localPart)
                let file = "\(address.domain.lowercased())/hu/\(name)"
                // An imported key may have no user id for one of them.
                let bytes = WebKeyDirectory.key(key, for: address.description)
                files[file] = bytes.map { Data($0) }
                written.append(
                    Written(
                        address: address.description,
                        file: bytes.map { _ in "\(folder)/\(file)" }
                    )
                )
            }
        }
        try tree.replace(with: files)
        try output.print(
            written,
            or: written.map { "\($0.address)  \($0.file ?? "left out: no user id of its key")" }
        )
    }
}
