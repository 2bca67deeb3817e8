import Foundation
import TestSupport
import Testing

@testable import OpenPGP

/// Decrypted messages, compressed by the real gpg.
@Suite("The decompression of messages") struct UnwrappedMessageTests {
    private static let ring = Result { try TestKeyring("anne") }
    private static let limit = 1 << 20

    /// A message that is signed or only literal, and not encrypted.
    private static func message(_ text: String, _ arguments: String...) throws -> [UInt8] {
        try ring.get().gpg(arguments, input: Array(text.utf8))
    }

    @Test(
        "ZIP and ZLIB are decompressed and their signatures read, and BZip2 stays",
        arguments: [("none", 1), ("zip", 1), ("zlib", 1), ("bzip2", nil)] as [(String, Int?)]
    )
    func compression(algorithm: String, signatures: Int?) throws {
        let text = String(repeating: "words and more words ", count: 2000)
        let bytes = try Self.message(text, "--compress-algo", algorithm, "--sign")
        let message = try UnwrappedMessage(bytes, limit: Self.limit)
        #expect(message.scan.signatures?.count == signatures)
        #expect(message.scan.kind == (signatures == nil ? .compressed : .signed))
        #expect(try Self.ring.get().gpg(["--decrypt"], input: message.packets) == Array(text.utf8))
    }

    @Test("the pieces of a packet are joined")
    func partial() throws {
        var generator = SeededGenerator(seed: 1)
        // The text is longer than one piece that gpg writes.
        let letters = (0..<100_000).map { _ in UInt8.random(in: 32..<127, using: &generator) }
        let text = String(decoding: letters, as: UTF8.self)
        let bytes = try Self.message(text, "--compress-algo", "zlib", "--sign")
        let message = try UnwrappedMessage(bytes, limit: Self.limit)
        #expect(message.scan.kind == .signed)
        #expect(try Self.ring.get().gpg(["--decrypt"], input: message.packets) == Array(text.utf8))
    }

    @Test("a compression bomb ends at the limit")
    func bomb() throws {
        let text = String(repeating: "\0", count: 5_000_000)
        let bytes = try Self.message(text, "--compress-algo", "zlib", "-z", "9", "--store")
        #expect(bytes.count < 10_000)
        let error = #expect(throws: PacketError.self) {
            try UnwrappedMessage(bytes, limit: Self.limit)
        }
        #expect(error?.reason == .tooLarge)
    }

    @Test("data that is compressed twice, truncated or too long is refused")
    func damage() throws {
        let once = try Self.message("text", "--compress-algo", "zlib", "--store")
        let inside = try #require(try SignedMessageScan(once).compressedBody)
        func packet(_ body: [UInt8]) -> [UInt8] {
            [0xc8, 0xff] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) } + body
        }
        // A quine looks like the first of these and never ends.
        let damaged: [([UInt8], PacketError.Reason)] = [
            ([0] + once, .badSequence), (inside + [0], .badSequence),
            (inside.dropLast(3), .malformedPacket), ([2], .malformedPacket),
            ([9], .malformedPacket), ([], .malformedPacket), ([2, 0xff, 0xff], .malformedPacket),
        ]
        for (body, reason) in damaged {
            let error = #expect(throws: PacketError.self) {
                try UnwrappedMessage(packet(body), limit: Self.limit)
            }
            #expect(error?.reason == reason)
        }
        #expect(try UnwrappedMessage(packet(inside), limit: Self.limit).scan.kind == .literal)
        #expect(try UnwrappedMessage(packet([0] + Self.literal), limit: 99).scan.kind == .literal)
    }

    @Test("a one-pass signature that does not match its signature is refused")
    func announcement() throws {
        let bytes = try Self.message("text", "--compress-algo", "none", "--sign")
        var reader = PacketReader(bytes)
        let announced = try #require(try reader.next())
        #expect(announced.tag == .onePassSignature)
        // Type, hash and algorithm follow the version.
        for offset in 1...3 {
            var changed = bytes
            changed[announced.body.lowerBound + offset] ^= 1
            let error = #expect(throws: PacketError.self) { try SignedMessageScan(changed) }
            #expect(error?.reason == .malformedPacket)
        }
    }

    private static let literal: [UInt8] = [0xcb, 7, UInt8(ascii: "b"), 0, 0, 0, 0, 0, 0x41]
}
