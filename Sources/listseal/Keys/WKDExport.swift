import Administration
import ArgumentParser

/// The command `listseal wkd`.
struct WKD: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wkd",
        abstract: "Publish the lists' keys where mail programs look for them.",
        subcommands: [WKDExport.self]
    )
}

/// The command `listseal wkd export`.
struct WKDExport: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the files of a Web Key Directory.",
        discussion: """
            Let a web server publish FOLDER as /.well-known/openpgpkey/ of \
            https://openpgpkey.DOMAIN; for a host of the domain's own name publish FOLDER/DOMAIN. \
            Run the command again when a key has changed. It removes what it wrote for lists that \
            no longer exist, and nothing else.
            """
    )

    @Argument(help: "Where the files go.")
    var folder: String
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[PublishedKey]> {
        try host.exportWebKeyDirectory(to: folder)
    }

    func lines(of keys: [PublishedKey]) -> [String] {
        keys.map { "\($0.address)  \($0.file ?? "left out: the key does not name it")" }
    }
}
