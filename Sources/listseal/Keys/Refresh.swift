import Administration
import ArgumentParser

/// The command `listseal refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Look for what people have published of their keys since.",
        discussion: """
            There are three steps, since a program that reads the lists must not use the network: \
            'wanted' names the keys, 'fetch' asks the network for them and knows nothing else, \
            'apply' adds what is new. systemd/listseal-refresh.service runs all three. The servers \
            that are asked learn which keys this host is interested in.
            """,
        subcommands: [RefreshWanted.self, RefreshFetch.self, RefreshApply.self]
    )
}

/// The command `listseal refresh wanted`.
struct RefreshWanted: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wanted",
        abstract: "Name the keys of all people: a line 'FINGERPRINT ADDRESS KEY' each.",
        discussion: "KEY is the known key in base64: some servers give out no names."
    )

    @Option(help: "Write them to this file, and nowhere else.")
    var to: String?
    @OptionGroup var options: ActOptions

    func run() throws {
        let host = try options.state.presentHost()
        if let to { return try host.writeWantedKeys(to: to) }
        try options.output.print(host.wantedKeys()) { $0.map(\.line) }
    }
}

/// The command `listseal refresh apply`.
struct RefreshApply: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Add to people's keys what is new in files named 'FINGERPRINT.asc'.",
        discussion: """
            The command adds only what a key itself has signed: a later expiry, a revocation. It \
            adds neither another key nor a new subkey: the person proves that with 'key update'. \
            What a file lacks stays.
            """
    )

    @Argument(help: "The folder.")
    var folder: String
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[RefreshedKey]> {
        try host.refreshKeys(from: folder)
    }

    func lines(of keys: [RefreshedKey]) -> [String] {
        let told = keys.filter { $0.outcome != "unchanged" }
        let new = told.count { $0.outcome != "refused" }
        return told.map { key in
            "\(key.list)  \(key.address)  \(key.outcome)" + (key.reason.map { ": \($0)" } ?? "")
        } + ["\(new) of \(keys.count) keys have something new, counted by list and person"]
    }
}
