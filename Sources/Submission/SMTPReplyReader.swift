import NIOCore
import SMTP

/// Assembles replies from the octets that a server has sent.
///
/// A bare LF also ends a line. This is safe, because no decision depends on the kind
/// of line end.
///
/// - SeeAlso: [RFC 5321 §4.2.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1)
struct SMTPReplyReader: Sendable {
    private let limits: SubmissionLimits
    private var input = ByteBuffer()
    private var lines: [String] = []

    init(limits: SubmissionLimits) {
        self.limits = limits
    }

    /// Whether no octets and no part of a reply are left.
    var isEmpty: Bool { input.readableBytes == 0 && lines.isEmpty }

    /// Adds octets from the server.
    mutating func receive(_ octets: ByteBuffer) {
        if input.readableBytes == 0 {
            input = octets
        } else {
            input.discardReadBytes()
            input.writeImmutableBuffer(octets)
        }
    }

    /// The next reply; nil if its last line has not arrived.
    ///
    /// - Throws: ``SubmissionError/ProtocolViolation`` for a malformed reply, or one above
    ///   the limits.
    mutating func next() throws(SubmissionError.ProtocolViolation) -> SMTPReply? {
        while let line = try nextLine() {
            let code = line.prefix(3)
            guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                lines.first.map({ $0.hasPrefix(code) }) ?? true
            else { throw .malformed }
            lines.append(line)
            guard lines.count <= limits.replyLines else { throw .tooManyLines }
            switch line.utf8.dropFirst(3).first {
            case UInt8(ascii: "-"):
                continue
            case nil, UInt8(ascii: " "):
                guard let reply = SMTPReply(wireLines: lines) else { throw .malformed }
                lines = []
                return reply
            default:
                throw .malformed
            }
        }
        return nil
    }

    private mutating func nextLine() throws(SubmissionError.ProtocolViolation) -> String? {
        let octets = input.readableBytesView.prefix(limits.replyLine)
        guard let newline = octets.firstIndex(of: UInt8(ascii: "\n")) else {
            guard octets.count < limits.replyLine else { throw .lineTooLong }
            return nil
        }
        var line = octets[..<newline]
        input.moveReaderIndex(forwardBy: line.count + 1)
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
