import Administration
import ArgumentParser
import MailingList

/// The command `listseal archive`.
struct Archive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Give somebody the posts that a list has kept.",
        subcommands: [ArchiveExport.self]
    )
}

/// The command `listseal archive export`.
struct ArchiveExport: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the kept posts into a maildir, encrypted to one person's key.",
        discussion: """
            Each file is an encrypted copy, even of a post that left in clear: nobody can read the \
            folder without the key. A list keeps posts if its setting 'archive' says so.
            """
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The maildir; it is made if it does not exist.")
    var folder: String
    @Option(name: .customLong("to"), help: "The public key of the person who reads it, a file.")
    var key: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ExportedArchive> {
        var bar = ProgressBar(label: "posts")
        defer { bar.finish() }
        return try host.exportArchive(of: list, into: folder, to: KeyFile(reading: key)) {
            bar.advance(of: $0)
        }
    }

    func lines(of archive: ExportedArchive) -> [String] {
        ["\(archive.posts) posts are in \(archive.folder)/new"]
    }
}
