import Foundation
import TestSupport
import Testing
import Unix

@Suite("Errors of the file system in words")
struct PlainWordsTests {
    @Test(
        "a full disk is said in these words, whoever reports it",
        arguments: [
            CocoaError(.fileWriteOutOfSpace, userInfo: [NSFilePathErrorKey: "/x"]),
            CocoaError(
                .fileWriteUnknown,
                userInfo: [
                    NSFilePathErrorKey: "/x", NSUnderlyingErrorKey: POSIXError(.ENOSPC) as NSError,
                ]
            ),
        ] as [any Error]
    )
    func full(error: any Error) {
        #expect(PlainWords.of(error) == "the disk is full: cannot write /x")
    }

    @Test("no text names an error domain, and what is no error of the file system stays itself")
    func others() throws {
        let missing = #expect(throws: (any Error).self) {
            try FileManager.default.attributesOfItem(atPath: "/nowhere/at-all")
        }
        let words = PlainWords.of(try #require(missing))
        #expect(words.contains("No such file or directory") && !words.contains("Domain"))
        #expect(PlainWords.of(Own()) == "own words")
    }

    private struct Own: Error, CustomStringConvertible { let description = "own words" }

    @Test("a real full disk is said in these words", .enabled(if: getuid() == 0))
    func real() throws {
        let handle = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let error = #expect(throws: (any Error).self) {
            try handle.write(contentsOf: Data("x".utf8))
        }
        #expect(PlainWords.of(try #require(error)) == "the disk is full")
    }
}
