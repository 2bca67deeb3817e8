import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal archive`.
struct Archive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Give somebody the posts that a list has kept.",
        subcommands: [ArchiveExport.self]
    )
}

/// The command `listseal archive export`.
struct ArchiveExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the kept posts into a maildir, encrypted to one person's key.",
        discussion: """
            Each file is an encrypted copy, also of what left in clear: whoever has the folder and not \
            the key reads nothing. A list keeps posts if its setting archive says so.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The maildir; it is made if it is not there.")
    var folder: String
    @Option(name: .customLong("to"), help: "The public key of whoever reads it, a file.")
    var key: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Exported: Encodable {
        let folder: String
        let posts: Int
        let leftOut: [String]
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let certificate = try administration.certificate(in: key)
        let exporter = ArchiveExporter(
            store: administration.store,
            sealer: try administration.sealer()
        )
        for name in ["cur", "new", "tmp"] { try make("\(folder)/\(name)") }
        var count = 0
        defer { administration.keys.stopAgents(startedHere: true) }
        var bar = ProgressBar(total: try exporter.count(of: target), label: "posts")
        let forged = try exporter.forEachCopy(of: target, to: certificate, now: Date()) {
            name,
            octets in
            let (fresh, final) = ("\(folder)/tmp/\(name)", "\(folder)/new/\(name)")
            try write(Data(octets), to: fresh)
            try? FileManager.default.removeItem(atPath: final)
            do { try FileManager.default.moveItem(atPath: fresh, toPath: final) } catch {
                throw failure(final)
            }
            count += 1
            bar.advance()
        }
        bar.finish()
        try output.print(
            Exported(folder: folder, posts: count, leftOut: forged),
            or: ["\(count) posts are in \(folder)/new"]
        )
        guard forged.isEmpty else {
            throw CommandFailure(
                "\(forged.count) posts are not what the list has kept, and were left out: "
                    + forged.joined(separator: ", "),
                hint: "somebody changed the database; restore it from a backup"
            )
        }
    }

    private func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch { throw failure(path) }
    }

    private func write(_ bytes: Data, to path: String) throws {
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: bytes,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw failure(path) }
    }

    private func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path) cannot be written", hint: "name a folder that you may write to")
    }
}
