import NIOCore
import Testing

@testable import LMTP

@Suite("Reader of message data")
struct MessageDataReaderTests {
    @Test(
        "Only CRLF dot CRLF ends a message, and only a dot after CRLF is removed",
        arguments: [
            (".\r\n", "", ""),
            ("a\r\n.\r\n", "a\r\n", ""),
            ("..\r\n.\r\nNOOP\r\n", ".\r\n", "NOOP\r\n"),
            (".a\r\n..b\r\n...c\r\n.\r\n", "a\r\n.b\r\n..c\r\n", ""),
            ("a\n.\nb\r\n.\r\n", "a\n.\nb\r\n", ""),
            ("a\n.\r\nMAIL FROM:<x@y>\r\n.\r\n", "a\n.\r\nMAIL FROM:<x@y>\r\n", ""),
            ("a\r.\rb\r\n.\r\n", "a\r.\rb\r\n", ""),
            ("a\r.\r\nb\r\n.\r\n", "a\r.\r\nb\r\n", ""),
            ("a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n", ""),
            ("a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n", ""),
            ("a\r\n.\r\r\n.\r\n", "a\r\n\r\r\n", ""),
            ("a\r\r\n.\r\n", "a\r\r\n", ""),
            ("a\n\r\n.\r\n", "a\n\r\n", ""),
            ("\r\n\r\n.\r\n", "\r\n\r\n", ""),
            ("a.b\r\n. \r\n.\r\n", "a.b\r\n \r\n", ""),
            ("\u{0}\u{e4}\t\u{1}\r\n.\r\n.\r\n", "\u{0}\u{e4}\t\u{1}\r\n", ".\r\n"),
        ]
    )
    func end(_ input: String, _ message: String, _ rest: String) {
        for pieces in [1, 2, 3, 5, .max] {
            var reader = MessageDataReader(limit: 1000)
            var octets = Array(input.utf8)[...]
            var buffer = ByteBuffer()
            var hasEnded = false
            while !hasEnded, !octets.isEmpty {
                buffer.writeBytes(octets.prefix(pieces))
                octets = octets.dropFirst(pieces)
                hasEnded = reader.read(&buffer)
            }
            #expect(hasEnded)
            #expect(reader.bytes == Array(message.utf8))
            #expect(String(buffer: buffer) + String(decoding: octets, as: UTF8.self) == rest)
        }
    }

    @Test("The reader waits for the end of a message", arguments: ["", "a", ".", ".\r", "a\n.\n"])
    func open(_ input: String) {
        var reader = MessageDataReader(limit: 1000)
        var buffer = ByteBuffer(string: input)
        let hasEnded = reader.read(&buffer)
        #expect(!hasEnded)
        #expect(buffer.readableBytes == 0)
    }

    @Test("A line may be as long as the message")
    func longLine() {
        var reader = MessageDataReader(limit: 1 << 20)
        let line = Array(repeating: UInt8(ascii: "x"), count: (1 << 20) - 2) + Array("\r\n".utf8)
        var buffer = ByteBuffer(bytes: line + Array(".\r\n".utf8))
        let hasEnded = reader.read(&buffer)
        #expect(hasEnded)
        #expect(reader.bytes == line)
        #expect(!reader.isTooLarge)
    }

    @Test("Of a message above the limit only the beginning is kept, and its size is counted")
    func tooLarge() {
        var reader = MessageDataReader(limit: 2)
        var buffer = ByteBuffer(string: "a\r\n.\r\n")
        let hasEnded = reader.read(&buffer)
        #expect(hasEnded)
        #expect(reader.isTooLarge)
        #expect(reader.size == 3 && reader.bytes.count <= 2)
        var large = MessageDataReader(limit: 1 << 20)
        var octets = ByteBuffer(repeating: UInt8(ascii: "x"), count: 3 << 20)
        let isAtEnd = large.read(&octets)
        #expect(
            !isAtEnd && large.size == 3 << 20 && large.bytes.count <= MessageDataReader.keptOctets
        )
    }
}
