import NIOCore
import SMTP

extension ByteBuffer {
    /// Appends the lines of a reply, each with its CRLF.
    mutating func writeReply(_ reply: SMTPReply) {
        for line in reply.wireLines { writeString(line + "\r\n") }
    }

    /// Makes a buffer with the lines of one reply.
    init(reply: SMTPReply) {
        self.init()
        writeReply(reply)
    }
}
