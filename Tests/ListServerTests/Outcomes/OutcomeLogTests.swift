import Foundation
import MailingList
import Testing

@testable import ListServer

@Suite
struct OutcomeLogTests {
    private func decision(_ reference: String, detail: String = "d") throws -> LogEntry {
        LogEntry(
            time: Date(timeIntervalSince1970: 1000),
            reference: reference,
            door: .milter,
            recipient: ListRecipient(
                list: try TransactionTests.list(),
                role: .posting,
                bounced: nil
            ),
            outcome: .refused,
            refusal: .unsigned,
            detail: detail
        )
    }

    @Test("decisions are found by their reference, and only by the whole of it")
    func find() throws {
        let folder = try Scratch()
        let log = OutcomeLog(path: folder.path + "/decisions.jsonl")
        try log.append(decision("4XyZ"))
        try log.append(decision("4XyZ9"))
        try log.append(decision("4XyZ", detail: "again"))
        #expect(try log.decisions(reference: "4XyZ").map(\.detail) == ["d", "again"])
        #expect(try log.decisions(reference: "4Xy").isEmpty)
        #expect(try log.decisions(reference: "\"").isEmpty)
    }

    @Test("the file is for its owner alone, and a second daemon appends to it")
    func appends() throws {
        let folder = try Scratch()
        let path = folder.path + "/decisions.jsonl"
        try OutcomeLog(path: path).append(decision("1"))
        try OutcomeLog(path: path).append(decision("2"))
        #expect(try OutcomeLog(path: path).decisions(reference: "1").count == 1)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}

@Suite
struct DigestKeyTests {
    @Test("a key is made once, 0600, and gives the same names for ever")
    func stable() throws {
        let folder = try Scratch()
        let path = folder.path + "/digest.key"
        let name = try DigestKey.load(orMakeAt: path).name(of: "<a@b>", in: "x")
        #expect(try DigestKey.load(orMakeAt: path).name(of: "<a@b>", in: "x") == name)
        #expect(try DigestKey.load(orMakeAt: path).name(of: "<a@b>", in: "y") != name)
        #expect(name.count == 26)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a file that is not a key is an error, not a new key")
    func damaged() throws {
        let folder = try Scratch()
        let path = folder.path + "/digest.key"
        try Data([1, 2, 3]).write(to: URL(filePath: path))
        #expect(throws: DigestKeyError.damaged(path)) { try DigestKey.load(orMakeAt: path) }
        // As root reads everything, what is no file stands for what cannot be read.
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false
        )
        #expect(throws: DigestKeyError.unreadable(path)) { try DigestKey.load(orMakeAt: path) }
    }
}

/// A directory that goes with its owner.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "listseal-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
