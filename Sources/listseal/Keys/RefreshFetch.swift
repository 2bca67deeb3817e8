import Administration
import ArgumentParser
import Foundation

/// The command `listseal refresh fetch`.
struct RefreshFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Ask the network for keys; what is new goes to files 'FINGERPRINT.asc'.",
        discussion: """
            The command reads lines 'FINGERPRINT ADDRESS KEY' and nothing else. Run it as a user \
            who can read nothing of Listseal. It writes no file for a key of which nothing is new, \
            or if the answer is another key.
            """
    )

    @Argument(help: "The folder; it is made if it does not exist.")
    var folder: String
    @Option(help: "The file with those lines; standard input, if this is not given.")
    var wanted: String?
    @Flag(help: "Ask the Web Key Directory of each address's domain.")
    var wkd = false
    @Option(help: "Ask a key server by fingerprint, as hkps://keys.openpgp.org; may be repeated.")
    var keyserver: [String] = []
    @Option(help: "Seconds between two keys.")
    var pause = 1.0
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard wkd || !keyserver.isEmpty else {
            throw ValidationError("Give --wkd, or --keyserver, or both.")
        }
        guard (0...3600).contains(pause) else {
            throw ValidationError("--pause is from 0 to 3600.")
        }
    }

    func run() throws {
        let lines =
            try wanted.map(KeyFile.contents)
            ?? Array(FileHandle.standardInput.readDataToEndOfFile())
        let fetch = KeyFetch(
            asksDirectories: wkd,
            keyServers: keyserver,
            pause: pause,
            folder: folder
        )
        var bar = ProgressBar(label: "keys")
        let result = try fetch.run(WantedKey.keys(in: lines)) { bar.advance(of: $0) }
        bar.finish()
        try output.print(result) { report in
            [
                "\(report.found) of \(report.wanted) keys have something new; for "
                    + "\(report.unanswered) keys there was no answer"
            ]
        }
    }
}
