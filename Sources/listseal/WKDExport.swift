import ArgumentParser
import Foundation
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
            Run it again when a key has changed; files of lists that are gone are removed.
            """
    )

    @Argument(help: "Where the files go.")
    var folder: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Written: Encodable {
        let address: String
        let file: String
    }

    func run() throws {
        let administration = try Administration(state)
        var written: [Written] = []
        var kept: [String: Set<String>] = [:]
        for list in try administration.store.lists() {
            let key = try Certification.add(
                administration.store.certifications(of: list.id),
                to: administration.keys.keyring(of: list).publicKey()
            )
            for address in [list.address, list.address(of: .request)] {
                // An imported key may have no user id for the second one.
                guard let bytes = WebKeyDirectory.key(key, for: address.description) else {
                    continue
                }
                let domain = address.domain.lowercased()
                let name = WebKeyDirectory.fileName(forLocalPart: address.localPart)
                let file = "\(folder)/\(domain)/hu/\(name)"
                try write(Data(bytes), to: file)
                kept[domain, default: []].insert(name)
                written.append(Written(address: address.description, file: file))
            }
        }
        for (domain, names) in kept {
            // Its presence says that there is a directory; it may be empty.
            try write(Data(), to: "\(folder)/\(domain)/policy")
            let hashed = "\(folder)/\(domain)/hu"
            for name in try FileManager.default.contentsOfDirectory(atPath: hashed)
            where !names.contains(name) {
                try FileManager.default.removeItem(atPath: "\(hashed)/\(name)")
            }
        }
        try output.print(written, or: written.map { "\($0.address)  \($0.file)" })
    }

    private func write(_ bytes: Data, to path: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try bytes.write(to: URL(filePath: path), options: .atomic)
            // A web server reads them as another user.
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        } catch {
            throw CommandFailure(
                "\(path) cannot be written: \(error.localizedDescription)",
                hint: "name a folder that you may write to"
            )
        }
    }
}
