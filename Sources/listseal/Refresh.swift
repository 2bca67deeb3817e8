import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Look for what people have published of their keys since.",
        discussion: """
            Three steps, since what reads the lists must not use the network: 'wanted' names \
            the keys, 'fetch' asks for them and knows nothing else, 'apply' adds what is new. \
            systemd/listseal-refresh.service does all three. Whoever is asked learns which keys \
            this host is interested in.
            """,
        subcommands: [RefreshWanted.self, RefreshFetch.self, RefreshApply.self]
    )
}

/// A key that is looked for: a line `FINGERPRINT ADDRESS`.
struct WantedKey: Encodable, Hashable {
    let fingerprint: String
    let address: String

    var line: String { "\(fingerprint) \(address)" }

    init(fingerprint: String, address: String) {
        self.fingerprint = fingerprint
        self.address = address
    }

    /// Reads a line; nil if it is none.
    init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 2, let fingerprint = Fingerprint(hex: String(words[0])),
            let address = EmailAddress(String(words[1]))
        else { return nil }
        self.init(fingerprint: fingerprint.description, address: address.description)
    }
}

/// The command `listseal refresh wanted`.
struct RefreshWanted: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wanted",
        abstract: "Name the keys of all people: a line 'FINGERPRINT ADDRESS' each."
    )

    @Option(help: "Write them to this file, and nowhere else.")
    var to: String?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        var wanted: Set<WantedKey> = []
        for list in try administration.store.lists() {
            try administration.forEachSubscriber(of: list) { person in
                guard let certificate = person.certificate else { return }
                wanted.insert(
                    WantedKey(
                        fingerprint: certificate.fingerprint.description,
                        address: person.address.description
                    )
                )
            }
        }
        // In the order of fingerprints: it says nothing of who is with whom.
        let sorted = wanted.sorted { ($0.fingerprint, $0.address) < ($1.fingerprint, $1.address) }
        guard let to else { return try output.print(sorted, or: sorted.map(\.line)) }
        let text = sorted.map { $0.line + "\n" }.joined()
        guard
            FileManager.default.createFile(
                atPath: to,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o640]
            )
        else {
            throw CommandFailure("\(to) cannot be written", hint: "check its folder")
        }
    }
}

/// The command `listseal refresh apply`.
struct RefreshApply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Add to people's keys what is new in files named 'FINGERPRINT.asc'.",
        discussion: """
            Only what a key itself has signed is taken: a later end, a subkey, a revocation. \
            Another key never is. What is missing in a file is not taken away.
            """
    )

    @Argument(help: "The folder.")
    var folder: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let list: String
        let address: String
        let fingerprint: String
        let outcome: String
        let reason: String?
    }

    func run() throws {
        let administration = try Administration(state)
        let refresh = CertificateRefresh(store: administration.store, keys: administration.keys)
        var results: [Result] = []
        for list in try administration.store.lists() {
            try administration.forEachSubscriber(of: list) { person in
                guard let fingerprint = person.certificate?.fingerprint.description,
                    let bytes = FileManager.default.contents(
                        atPath: "\(folder)/\(fingerprint).asc"
                    )
                else { return }
                let outcome = try refresh.apply(Array(bytes), to: person, now: Date())
                let (word, reason): (String, String?) =
                    switch outcome {
                    case .updated: ("updated", nil)
                    case .ended: ("ended", "it can be used no more; posts and copies end with it")
                    case .unchanged: ("unchanged", nil)
                    case .refused(let reason): ("refused", reason)
                    }
                results.append(
                    Result(
                        list: list.address.description,
                        address: person.address.description,
                        fingerprint: fingerprint,
                        outcome: word,
                        reason: reason
                    )
                )
            }
        }
        let changed = results.filter { $0.outcome != "unchanged" }
        try output.print(
            results,
            or: changed.map { result in
                "\(result.list)  \(result.address)  \(result.outcome)"
                    + (result.reason.map { ": \($0)" } ?? "")
            } + ["\(results.count) keys were found, \(changed.count) of them with something new"]
        )
    }
}
