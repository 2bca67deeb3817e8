import Foundation
import MIME
import TestSupport
import Testing

/// Three thousand malformed messages, the same ones in each run.
@Suite("Malformed messages") struct MutationTests {
    private static let seeds = [
        "gmime-differential/good-nested-ok", "gmime-differential/good-plain",
        "gmime-differential/good-nested-preamble-epilogue", "gmime-differential/good-rfc822",
        "gmime-differential/good-odd-header-spacing", "mime/nul",
    ]
    @Test("no mutation crashes the slicer, and accepted messages are consistent", arguments: 0..<6)
    func mutations(_ index: Int) throws {
        var generator = SeededGenerator(seed: UInt64(index) + 1)
        var original = try Resource.bytes(Self.seeds[index] + ".eml")
        if index % 2 == 1 { original.removeAll { $0 == 0x0d } }
        var taken = 0
        for _ in 0..<500 {
            let bytes = Mutation.mutate(original, using: &generator)
            guard let message = try? Message(bytes) else { continue }
            taken += 1
            Self.check(message, bytes)
        }
        #expect((1..<500).contains(taken))
    }

    private static func check(_ message: Message, _ bytes: [UInt8]) {
        for part in message.root.selfAndDescendants {
            #expect(part.bytes.elementsEqual(bytes[part.bytes.startIndex..<part.bytes.endIndex]))
            #expect(part.body.endIndex == part.bytes.endIndex)
            var position = part.body.startIndex
            for child in part.children {
                #expect(child.bytes.startIndex > position)
                #expect(child.bytes.endIndex <= part.bytes.endIndex)
                position = child.bytes.endIndex
            }
            _ = try? part.decodedBody(limit: 10_000)
            _ = try? part.decodedText(limit: 10_000)
            _ = ProtectedHeader(payload: part)
            for field in part.headerFields {
                #expect(!field.decodedValue.unicodeScalars.contains { $0.value < 0x20 })
                _ = Mailbox.list(field.value)
                _ = MessageDate.parse(field.value)
                _ = MessageID.list(field.value)
                _ = ContentType(field.value)
            }
            if case .signed(let entity) = PGPMIME(part, limit: 10_000) {
                #expect(part.children.count == 2)
                #expect(
                    LineEndings.canonical(entity.content.bytes).count >= entity.signedBytes.count
                )
            }
            #expect((try? Message(part.contentEntity)) != nil || part.children.isEmpty)
        }
    }
}
