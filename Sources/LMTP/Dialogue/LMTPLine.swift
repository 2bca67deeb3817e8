import NIOCore

/// One command line from the octets that a client has sent.
enum LMTPLine: Sendable, Hashable {
    case text(String)
    /// A line that is too long, has a NUL or a CR inside, or is not UTF-8.
    ///
    /// A line that ends with a bare LF is also garbage: Postfix never sends one, and an
    /// attacker uses it to smuggle commands.
    case garbage

    /// Removes the next line from the input; nil if its end has not arrived.
    init?(from input: inout ByteBuffer, limit: Int) {
        let octets = input.readableBytesView.prefix(limit)
        guard let newline = octets.firstIndex(of: UInt8(ascii: "\n")) else {
            guard octets.count == limit else { return nil }
            self = .garbage
            return
        }
        let line = octets[..<newline]
        input.moveReaderIndex(forwardBy: line.count + 1)
        guard line.last == UInt8(ascii: "\r"),
            line.dropLast().allSatisfy({ $0 != 0 && $0 != 0x0d }),
            let text = String(validating: line.dropLast(), as: UTF8.self)
        else {
            self = .garbage
            return
        }
        self = .text(text)
    }

    /// Whether a line has a control character, which only a recipient may have.
    static func hasControls(_ line: String) -> Bool {
        line.utf8.contains { $0 < 0x20 || $0 == 0x7f }
    }
}
