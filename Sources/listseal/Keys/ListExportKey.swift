import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP

/// The command `listseal list export-key`.
struct ListExportKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-key",
        abstract: "Print the public key of a list, with the certifications that it got."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Flag(help: "Write binary packets, not armor.")
    var binary = false
    @Option(name: .shortAndLong, help: "Write to this file.")
    var output: String?
    @OptionGroup var state: StateOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let key = try Certification.add(
            administration.store.certifications(of: target.id),
            to: administration.keys.keyring(of: target).publicKey()
        )
        let bytes = Data(binary ? key : Armor.armor(key, kind: .publicKey))
        if let output {
            try bytes.write(to: URL(filePath: output), options: .atomic)
        } else {
            try FileHandle.standardOutput.write(contentsOf: bytes)
        }
    }
}
