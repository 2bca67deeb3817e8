import Foundation
import NIOConcurrencyHelpers
import TestSupport
import Testing
import Unix

@Suite("Durable files")
struct DurableFileTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test("a file is made once, whole, with its mode and nothing beside it")
    func create() throws {
        let path = directory.file("key")
        #expect(try DurableFile.create(path, Data("one".utf8), mode: 0o600))
        #expect(try !DurableFile.create(path, Data("two".utf8), mode: 0o600))
        #expect(FileManager.default.contents(atPath: path) == Data("one".utf8))
        #expect(try mode(path) == 0o600)
        let folder = (path as NSString).deletingLastPathComponent
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.filter { $0.hasPrefix("key") } == ["key"])
    }

    @Test("of many threads that make one file at once, one does, and nobody reads a part of it")
    func race() async throws {
        let path = directory.file("race")
        let made = NIOLockedValueBox(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<32 {
                group.addTask {
                    let contents = Data(repeating: UInt8(number), count: 4096)
                    if try DurableFile.create(path, contents, mode: 0o600) {
                        made.withLockedValue { $0 += 1 }
                    }
                    let read = FileManager.default.contents(atPath: path)
                    #expect(read?.count == 4096)
                    #expect(Set(read ?? Data()).count == 1)
                }
            }
            try await group.waitForAll()
        }
        #expect(made.withLockedValue { $0 } == 1)
    }

    @Test("replacing keeps the earlier file if the new one cannot be written")
    func replace() throws {
        let path = directory.file("map")
        try DurableFile.replace(path, Data("one".utf8), mode: 0o644)
        try DurableFile.replace(path, Data("two".utf8), mode: 0o640)
        #expect(FileManager.default.contents(atPath: path) == Data("two".utf8))
        #expect(try mode(path) == 0o640)
        let lost = directory.file("no-folder/map")
        #expect(throws: FileError.self) {
            try DurableFile.replace(lost, Data("x".utf8), mode: 0o600)
        }
    }

    @Test("an error names the file and says why in the words of the operating system")
    func words() throws {
        let lost = directory.file("no-folder/map")
        let error = #expect(throws: FileError.self) {
            _ = try DurableFile.create(lost, Data(), mode: 0o600)
        }
        #expect(error?.description == "cannot write \(lost): No such file or directory")
    }

    @Test("a file that is rewritten keeps its owner, its mode and its place behind a link")
    func rewrite() throws {
        let path = directory.file("main.cf")
        let link = directory.file("link.cf")
        try DurableFile.rewrite(path, Data("one".utf8))
        #expect(try mode(path) == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        if getuid() == 0 { #expect(unsafe chown(path, 12, 34) == 0) }
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        try DurableFile.rewrite(link, Data("two".utf8))
        #expect(FileManager.default.contents(atPath: path) == Data("two".utf8))
        #expect(try mode(path) == 0o640)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        if getuid() == 0 {
            #expect((attributes[.ownerAccountID] as? NSNumber)?.intValue == 12)
            #expect((attributes[.groupOwnerAccountID] as? NSNumber)?.intValue == 34)
        }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
        try DurableFile.rewrite(path, Data("three".utf8), mode: 0o644)
        #expect(try mode(path) == 0o644)
    }

    @Test("a folder of another program's is synced with sockets and links in it, or says why not")
    func tree() throws {
        let folder = directory.file("home")
        let inner = folder + "/private-keys-v1.d"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        try Data("key".utf8).write(to: URL(filePath: inner + "/a.key"))
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/dangling",
            withDestinationPath: "/nowhere"
        )
        #expect(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
        try DurableFile.syncTree(folder)
        #expect(throws: FileError.self) { try DurableFile.syncTree(folder + "/missing") }
    }
}
