import Foundation
import MailingList
import Testing

/// A post in readable form: how it is made, what becomes of it, and what it says.
///
/// A line `SETTING: value=outcome …` names what becomes of it under other values than the
/// default; under every setting that has no line it is what `expect` says. A line that is
/// neither a setting nor one of ``PostFixture/words`` is a mistake.
struct PostFixture: Sendable, CustomTestStringConvertible {
    /// What becomes of a post.
    enum Outcome: Sendable, Hashable {
        /// All readers get it, encrypted.
        case accept
        /// All readers but its author do.
        case others
        /// All subscribers get it in clear, whatever their keys.
        case clear
        /// It waits, and the moderators are told, sealed.
        case hold
        /// It is taken, and nothing follows.
        case discard
        /// Its author's server comes again.
        case postpone
        /// It is refused, with that refusal's reply.
        case reject(Refusal)

        /// The word of a verdict.
        var verdict: String {
            switch self {
            case .accept, .others, .clear: "accept"
            case .hold: "hold"
            case .discard: "discard"
            case .postpone: "defer"
            case .reject: "refuse"
            }
        }
    }

    /// What a head may say besides settings.
    static let words: Set<String> = [
        "author", "signed", "encrypted", "time", "options", "damaged", "seen", "outside", "repeat",
        "with", "expect",
    ]

    let name: String
    private(set) var body: String
    /// What becomes of it under the settings that it comes with.
    let expected: Outcome
    /// Settings that change that, with what they make of it.
    let changes: [(setting: String, value: String, outcome: Outcome)]
    private let head: [String: [String]]

    var testDescription: String { name }

    init(name: String, text: String) throws {
        self.name = name
        let parts = text.split(separator: "\n\n", maxSplits: 1)
        try #require(parts.count == 2, "\(name): a head, an empty line and an entity")
        var head: [String: [String]] = [:]
        for line in parts[0].split(separator: "\n") where !line.hasPrefix("#") {
            let pair = line.split(separator: ":", maxSplits: 1)
            try #require(pair.count == 2, "\(name): \(line)")
            head[String(pair[0]), default: []].append(
                pair[1].trimmingCharacters(in: .whitespaces)
            )
        }
        self.head = head
        let times = head["repeat"].flatMap { Int($0[0]) } ?? 0
        // gpg compresses.
        let lines = (0..<times).map { String($0 &* 2_654_435_761, radix: 36) + "\n" }
        body = (parts[1] + lines.joined()).replacing("\n", with: "\r\n")
        expected = try Self.outcome(head["expect"]?.first ?? "", default: nil, in: name)
        var changes: [(String, String, Outcome)] = []
        for (key, values) in head.sorted(by: { $0.key < $1.key }) where !Self.words.contains(key) {
            let setting = try #require(ListSettings.named(key), "\(name): no setting \(key)")
            for pair in values.joined(separator: " ").split(separator: " ") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                try #require(parts.count == 2, "\(name): \(pair)")
                var settings = ListSettings()
                try #require(setting.set(&settings, parts[0]), "\(name): \(key)=\(parts[0])")
                changes.append(
                    (key, parts[0], try Self.outcome(parts[1], default: expected, in: name))
                )
            }
        }
        self.changes = changes
    }

    private static func outcome(
        _ text: String,
        default expected: Outcome?,
        in name: String
    ) throws -> Outcome {
        let words = text.split { $0 == " " || $0 == ":" }.map(String.init)
        switch words.first {
        case "accept": return .accept
        case "others": return .others
        case "clear": return .clear
        case "hold": return .hold
        case "discard": return .discard
        case "postpone": return .postpone
        case "reject":
            if words.count == 1, case .reject(let refusal) = expected { return .reject(refusal) }
            return .reject(
                try #require(words.last.flatMap(Refusal.init), "\(name): no refusal in \(text)")
            )
        default: throw UnknownOutcome(name: name, text: text)
        }
    }

    private struct UnknownOutcome: Error {
        let name: String
        let text: String
    }

    /// The same with other words, which have not been here.
    func another() -> PostFixture {
        var other = self
        other.body = body.replacing("canary", with: "canary \(UUID().uuidString)")
        return other
    }

    func value(_ key: String) -> String? { head[key]?.joined(separator: "\r\n") }

    /// Settings that are not the default in all that is asked of it.
    var settings: [String: String] {
        var result: [String: String] = [:]
        for pair in (value("with") ?? "").split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            result[parts[0]] = parts.last
        }
        return result
    }

    /// What becomes of it under one setting.
    func outcome(_ setting: String, _ value: String) -> Outcome {
        changes.first { $0.setting == setting && $0.value == value }?.outcome ?? expected
    }

    /// A row of the table: settings, and what becomes of the post under them.
    struct Row: Sendable {
        let settings: [String: String]
        let outcome: Outcome
        /// Whether the row is tried by the whole road, and not by the rules alone.
        let takesRoad: Bool
    }

    /// The post under its own settings, under each setting that the fixture names, and under
    /// every value of every action.
    var rows: [Row] {
        var rows = [Row(settings: [:], outcome: expected, takesRoad: true)]
        rows += changes.map {
            Row(settings: [$0.setting: $0.value], outcome: $0.outcome, takesRoad: true)
        }
        var count = 0
        for choice in PostActions.choices {
            for value in choice.allowed {
                let outcome = outcome(choice.name, value.rawValue)
                count += 1
                // Nothing is sealed for a refused post, so some of these rows are cheap.
                let isRefused = if case .reject = outcome { true } else { false }
                rows.append(
                    Row(
                        settings: [choice.name: value.rawValue],
                        outcome: outcome,
                        takesRoad: isRefused && count % 11 == 0
                    )
                )
            }
        }
        return rows
    }

    /// Every file of the folder.
    static func all() throws -> [PostFixture] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Resources/posts")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
            .filter { $0.hasSuffix(".txt") }
            .map { file in
                try PostFixture(
                    name: String(file.dropLast(4)),
                    text: String(contentsOf: folder.appending(path: file), encoding: .utf8)
                )
            }
    }
}
