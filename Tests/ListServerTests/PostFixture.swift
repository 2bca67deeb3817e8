import Foundation
import MailingList
import Testing

/// A post in readable form: how it is made, what becomes of it, and what it says.
///
/// A line `SETTING: value=outcome …` names what becomes of it under other values than the
/// default; under every setting that has no line it is what `expect` says.
struct PostFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let body: String
    private let head: [String: String]

    var testDescription: String { name }

    init(name: String, text: String) throws {
        self.name = name
        let parts = text.split(separator: "\n\n", maxSplits: 1)
        try #require(parts.count == 2, "\(name): a head, an empty line and an entity")
        body = String(parts[1]).replacing("\n", with: "\r\n")
        var head: [String: String] = [:]
        for line in parts[0].split(separator: "\n") where !line.hasPrefix("#") {
            let pair = line.split(separator: ":", maxSplits: 1)
            try #require(pair.count == 2, "\(name): \(line)")
            head[String(pair[0])] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        self.head = head
    }

    func value(_ key: String) -> String? { head[key] }

    /// `accept`, or another word and the refusal.
    var expected: [String] { (head["expect"] ?? "").split(separator: " ").map(String.init) }

    /// Settings that change what becomes of it, with what that is.
    var changes: [(setting: String, value: String, outcome: String)] {
        PostActions.choices.flatMap { choice in
            (head[choice.name] ?? "").split(separator: " ").compactMap { pair in
                let parts = pair.split(separator: "=").map(String.init)
                return parts.count == 2 ? (choice.name, parts[0], parts[1]) : nil
            }
        }
    }

    /// What becomes of it under one setting.
    func outcome(_ setting: String, _ value: String) -> String {
        changes.first { $0.setting == setting && $0.value == value }?.outcome ?? expected[0]
    }

    /// Every file of the folder.
    static func all() throws -> [PostFixture] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
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
