import NIOCore

/// One line of commands, cut out of what a client has sent.
enum LMTPLine: Sendable, Hashable {
    case text(String)
    /// Longer than the limit, or no line of commands at all.
    ///
    /// A bare LF counts: whoever writes one is not Postfix, or smuggles.
    case garbage

    /// Takes the next line; nil means that its end has not come yet.
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
            line.dropLast().allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            let text = String(validating: line.dropLast(), as: UTF8.self)
        else {
            self = .garbage
            return
        }
        self = .text(text)
    }
}
