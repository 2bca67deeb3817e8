import Glibc
import Milter
import SMTP

/// Refuses each message, slowly if asked to, and says when it begins.
final class ProbeSession: MilterSession {
    private var delay: UInt32 = 0

    func connected(_ peer: MilterPeer) -> MilterStatus { .continue }

    func mailFrom(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        let value = parameters.first { $0.hasPrefix("DELAY=") }?.dropFirst(6)
        delay = value.flatMap { UInt32($0) } ?? 0
        return .continue
    }

    func recipient(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus { .continue }

    func data(macros: MilterMacros) -> MilterStatus { .continue }
    func header(name: [UInt8], value: [UInt8]) -> MilterStatus { .continue }
    func endOfHeaders() -> MilterStatus { .continue }
    func body(_ chunk: [UInt8]) -> MilterStatus { .continue }

    func endOfMessage(_ actions: MilterMessageActions, macros: MilterMacros) -> MilterStatus {
        _ = actions.progress()
        usleep(delay * 1000)
        return .reply(SMTPReply(550, EnhancedStatusCode(5, 7, 1), "answered after all"))
    }

    func aborted() {}
    func closed() {}
}
