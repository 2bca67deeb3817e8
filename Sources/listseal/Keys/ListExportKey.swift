import Administration
import ArgumentParser
import Foundation

/// The command `listseal list export-key`.
struct ListExportKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-key",
        abstract: "Print the public key of a list, with the certifications that people made."
    )

    @OptionGroup var target: ListArgument
    @Flag(help: "Write binary packets, not armor.")
    var binary = false
    @Option(name: .shortAndLong, help: "Write to this file.")
    var output: String?
    @OptionGroup var state: StateOptions

    func run() throws {
        let host = try state.presentHost()
        let key = try host.exportKey(of: host.list(at: target.list), armored: !binary)
        guard let output else { return try OutputOptions.write(key) }
        try Data(key).write(to: URL(filePath: output), options: .atomic)
    }
}
