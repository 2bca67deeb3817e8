import Foundation
import Testing

/// Hands a message to the private Postfix, with swaks, and reads the answer.
struct SMTPDialogue {
    /// The reply to the data, or the first refusal before it.
    let reply: String
    let exitStatus: Int32
    let transcript: String

    static func send(
        _ message: [UInt8],
        from: String,
        to: [String],
        at host: Host,
        extra: [String] = []
    ) throws -> Self {
        let file = "\(host.scratch)/\(UUID().uuidString).eml"
        try Data(message).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let result = try Shell.run(
            "swaks",
            [
                "--server", "127.0.0.1:\(host.port)", "--from", from, "--to",
                to.joined(separator: ","), "--data", "@\(file)", "--timeout", "120",
            ] + extra
        )
        let lines = result.output.split(separator: "\n").map(String.init)
        // swaks marks what the server says: `<-` taken, `<**` refused.
        let refused = lines.first { $0.hasPrefix("<**") }
        let answers = lines.filter { $0.hasPrefix("<-") && !$0.contains(" 221 ") }
        return Self(
            reply: String((refused ?? answers.last ?? "").dropFirst(4))
                .trimmingCharacters(in: .whitespaces),
            exitStatus: result.status,
            transcript: result.output + result.error
        )
    }
}
