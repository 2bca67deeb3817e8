import NIOCore
import SMTP

@testable import Submission

extension SubmissionMessage {
    /// A message with this id and, unless given, the null reverse-path.
    static func sample(
        _ id: Int64,
        from reversePath: ReversePath = .null,
        to recipient: EmailAddress,
        envelopeID: String = "envelope",
        parts: [String] = ["Subject: x\r\n\r\nx\r\n"]
    ) -> Self {
        SubmissionMessage(
            id: id,
            reversePath: reversePath,
            recipient: recipient,
            envelopeID: envelopeID,
            parts: parts.map { ByteBuffer(string: $0) }
        )
    }

    /// Messages of about the given size, each to a different recipient.
    static func samples(_ ids: Range<Int64>, octets: Int = 10 << 10) -> [Self] {
        let line = String(repeating: "x", count: 62) + "\r\n"
        let body = ByteBuffer(string: String(repeating: line, count: octets / 64))
        return ids.compactMap { id in
            guard let recipient = EmailAddress("m\(id)@out.example"),
                let sender = EmailAddress("list-bounces+t\(id)@lists.example")
            else { return nil }
            return SubmissionMessage(
                id: id,
                reversePath: .address(sender),
                recipient: recipient,
                envelopeID: "post-\(id)",
                parts: [ByteBuffer(string: "Subject: \(id)\r\n\r\n"), body]
            )
        }
    }
}
