import NIOCore

/// Makes the octets after DATA from the parts of a message.
///
/// - SeeAlso: [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2)
enum DotStuffing {
    private static let dot = ByteBuffer(string: ".")

    /// The parts of a message with dot-stuffing, and the final dot.
    ///
    /// The content is not copied: a part that needs a dot is split there, and the pieces
    /// share its storage. A dot after a bare LF is doubled too, because some servers
    /// accept a bare LF as the end of a line and would end the message there.
    static func content(of message: SubmissionMessage) -> [ByteBuffer] {
        var result: [ByteBuffer] = []
        var isLineStart = true
        for part in message.parts where part.readableBytes > 0 {
            append(part, isLineStart: isLineStart, to: &result)
            isLineStart = part.readableBytesView.last == UInt8(ascii: "\n")
        }
        result.append(ByteBuffer(string: endsInCRLF(message.parts) ? ".\r\n" : "\r\n.\r\n"))
        return result
    }

    private static func append(
        _ part: ByteBuffer,
        isLineStart: Bool,
        to result: inout [ByteBuffer]
    ) {
        var rest = part
        let view = part.readableBytesView
        var index = view.startIndex
        while let position = view[index...].firstIndex(of: UInt8(ascii: ".")) {
            index = position + 1
            let isFirst =
                position == view.startIndex
                ? isLineStart : view[position - 1] == UInt8(ascii: "\n")
            guard isFirst else { continue }
            if let before = rest.readSlice(length: position - rest.readerIndex),
                before.readableBytes > 0
            {
                result.append(before)
            }
            result.append(dot)
        }
        result.append(rest)
    }

    private static func endsInCRLF(_ parts: [ByteBuffer]) -> Bool {
        var end: [UInt8] = []
        for part in parts.reversed() where end.count < 2 {
            end = part.readableBytesView.suffix(2 - end.count) + end
        }
        // An empty message starts after the CRLF of DATA, so it ends in CRLF.
        return end.isEmpty || end == Array("\r\n".utf8)
    }
}
