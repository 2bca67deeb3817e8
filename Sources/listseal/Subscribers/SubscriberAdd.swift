import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal subscriber add`.
struct SubscriberAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add one person with her key, or many at once.",
        discussion: """
            One: listseal subscriber add LIST ADDRESS --key FILE
            Many from a table with lines 'ADDRESS,KEYFILE': --csv FILE
            Many from a folder of files named 'ADDRESS.asc': --keys FOLDER
            Somebody who is there already keeps her roles and gets the new key. Of many, those \
            that cannot be added are named at the end, and the others are added.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String?
    @Option(help: "Her public key, a file.")
    var key: String?
    @Option(help: "A table of addresses and key files.")
    var csv: String?
    @Option(help: "A folder of key files, named by address.")
    var keys: String?
    @Option(help: "Her role; an owner or a moderator gets no posts unless she is a subscriber too.")
    var role: [RoleArgument] = []
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Added: Encodable {
        var added: [SubscriberReport] = []
        var failed: [Failed] = []
    }

    private struct Failed: Encodable {
        let address: String
        let reason: String
    }

    func validate() throws {
        let isOne = address != nil && key != nil && csv == nil && keys == nil
        let isMany = address == nil && key == nil && (csv == nil) != (keys == nil)
        guard isOne || isMany else {
            throw ValidationError("Give ADDRESS and --key, or --csv, or --keys.")
        }
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        if let address, let key {
            let report = try add(address, key, to: target, administration)
            try output.print(report, or: [report.line])
            return
        }
        let people = try self.people()
        var result = Added()
        var bar = ProgressBar(total: people.count, label: "keys")
        for (address, file) in people {
            do {
                result.added.append(try add(address, file, to: target, administration))
            } catch {
                result.failed.append(Failed(address: address, reason: "\(error)"))
            }
            bar.advance()
        }
        bar.finish()
        try output.print(
            result,
            or: ["\(result.added.count) added, \(result.failed.count) not"]
                + result.failed.map { "\($0.address): \($0.reason)" }
        )
        if !result.failed.isEmpty { throw ExitCode(1) }
    }

    private func add(
        _ address: String,
        _ file: String,
        to list: MailingList,
        _ administration: Administration
    ) throws -> SubscriberReport {
        let parsed = try administration.address(address)
        // A list that is a subscriber of itself, or of its own roles, loops.
        guard !list.owns(parsed) else {
            throw CommandFailure(
                "\(address) is an address of the list itself",
                hint: "subscribe people"
            )
        }
        // Its copies are addressed to it, and the second list refuses them.
        guard try ListDirectory(store: administration.store).resolve(parsed) == .ordinary else {
            throw CommandFailure(
                "\(address) belongs to a list of this host",
                hint: "subscribe people: a list cannot be a subscriber of another"
            )
        }
        let certificate = try administration.certificate(
            in: file,
            updating: administration.store.subscriber(at: parsed, of: list.id)?.certificate
        )
        var generator = RandomSource()
        do {
            return SubscriberReport(
                try administration.store.addSubscriber(
                    parsed,
                    roles: role.isEmpty ? .subscriber : Subscriber.Roles(role.map(\.role)),
                    certificate: certificate,
                    token: .random(using: &generator),
                    to: list.id,
                    now: Date()
                )
            )
        } catch ListStoreError.keyInUse {
            throw Self.keyInUse(file)
        }
    }

    static func keyInUse(_ file: String) -> CommandFailure {
        CommandFailure(
            "a key in \(file) belongs to another person of this list",
            hint: "two people with one key could sign for each other; ask her for a key of her own"
        )
    }

    private func people() throws -> [(address: String, file: String)] {
        if let csv {
            let folder = URL(filePath: csv).deletingLastPathComponent()
            return try String(decoding: Administration.contents(of: csv), as: UTF8.self)
                .split(whereSeparator: \.isNewline)
                .filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
                .map { line in
                    let fields = line.split(separator: ",", maxSplits: 1).map {
                        $0.trimmingCharacters(in: .whitespaces)
                    }
                    guard fields.count == 2 else {
                        throw CommandFailure(
                            "\(csv) has a line that is not 'ADDRESS,KEYFILE'",
                            hint: "separate the address from the name of the file with a comma"
                        )
                    }
                    return (fields[0], URL(filePath: fields[1], relativeTo: folder).path())
                }
        }
        let folder = URL(filePath: keys ?? "")
        return try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { ["asc", "gpg", "pgp", "key"].contains($0.pathExtension) }
            .map { ($0.deletingPathExtension().lastPathComponent, $0.path(percentEncoded: false)) }
            .sorted { $0.0 < $1.0 }
    }
}
