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

/// The command `listseal refresh wanted`.
struct RefreshWanted: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wanted",
        abstract: "Name the keys of all people: a line 'FINGERPRINT ADDRESS KEY' each.",
        discussion: "KEY is what is known of it, in base64: some servers give out no names."
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
                        address: person.address.description,
                        key: Data(certificate.bytes)
                    )
                )
            }
        }
        // In the order of fingerprints: it says nothing of who is with whom.
        let sorted = wanted.sorted { ($0.fingerprint, $0.address) < ($1.fingerprint, $1.address) }
        guard let to else { return try output.print(sorted, or: sorted.map(\.line)) }
        let text = sorted.map { $0.line + "\n" }.joined()
        guard ForeignFile.create(to, Data(text.utf8), mode: 0o640) else {
            throw CommandFailure(
                "\(to) is there already, or cannot be made",
                hint: "name a file that is not there, in a folder that you may write to"
            )
        }
    }
}

/// The command `listseal refresh apply`.
struct RefreshApply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Add to people's keys what is new in files named 'FINGERPRINT.asc'.",
        discussion: """
            Only what a key itself has signed is taken: a later end, a revocation. Another key \
            never is, nor a new subkey: its owner proves that with 'key update'. What is missing \
            in a file is not taken away.
            """
    )

    @Argument(help: "The folder.")
    var folder: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    /// Octets of a file that is looked at: twice what a key may have, in armor.
    private static let maximumFile = 512 << 10

    private struct Result: Encodable {
        let list: String
        let address: String
        let fingerprint: String
        let outcome: String
        let reason: String?
    }

    func run() throws {
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure(
                "there is no folder \(folder)",
                hint: "'listseal refresh fetch' makes it"
            )
        }
        let administration = try Administration(state)
        let refresh = CertificateRefresh(store: administration.store, keys: administration.keys)
        var results: [Result] = []
        for list in try administration.store.lists() {
            try administration.forEachSubscriber(of: list) { person in
                guard let fingerprint = person.certificate?.fingerprint.description,
                    let bytes = ForeignFile.contents(
                        of: "\(folder)/\(fingerprint).asc",
                        limit: Self.maximumFile
                    )
                else { return }
                let outcome: CertificateRefresh.Outcome
                do { outcome = try refresh.apply(bytes, to: person, now: Date()) } catch {
                    // One person's trouble is not that of the others.
                    outcome = .refused("\(error)")
                }
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
        let told = results.filter { $0.outcome != "unchanged" }
        let new = told.count { $0.outcome != "refused" }
        try output.print(
            results,
            or: told.map { result in
                "\(result.list)  \(result.address)  \(result.outcome)"
                    + (result.reason.map { ": \($0)" } ?? "")
            } + ["\(new) of \(results.count) had something new, counted by list and person"]
        )
    }
}
