import CMilter
import Glibc
import SMTP

/// libmilter's context of one connection, valid only during a callback.
///
/// libmilter owns the pointer. Only a callback makes this value, and none keeps it.
@safe
struct MilterContext {
    let pointer: OpaquePointer

    /// Copies the macros of a stage.
    func macros(at stage: MilterStage) -> MilterMacros {
        var values: [MilterMacro: String] = [:]
        for macro in MilterMacro.allCases where macro.readable.contains(stage) {
            guard let value = unsafe CMilter_getsymval(pointer, macro.rawValue) else { continue }
            values[macro] = unsafe String(cString: value)
        }
        return MilterMacros(values)
    }

    /// Asks the MTA for the macros of all stages; false if libmilter has no memory.
    func requestMacros() -> Bool {
        MilterStage.allCases.allSatisfy { stage in
            let place =
                switch stage {
                case .connection: SMFIM_CONNECT
                case .mail: SMFIM_ENVFROM
                case .recipient: SMFIM_ENVRCPT
                case .data: SMFIM_DATA
                case .endOfMessage: SMFIM_EOM
                }
            return unsafe CMilter_setsymlist(pointer, place, stage.requestedNames) == MI_SUCCESS
        }
    }

    /// The actions that a session may use at the end of the message.
    func messageActions(queueID: String?) -> MilterMessageActions {
        MilterMessageActions(
            queueID: queueID,
            progress: { unsafe smfi_progress(pointer) == MI_SUCCESS },
            deleteRecipient: { unsafe CMilter_delrcpt(pointer, $0) == MI_SUCCESS }
        )
    }

    /// The value that a callback returns for a status; also sets the reply's text.
    func code(for status: MilterStatus) -> CInt {
        switch status {
        // The negotiation does not ask for SMFIP_SKIP, so SMFIS_SKIP is not allowed.
        case .continue, .skip: SMFIS_CONTINUE
        case .accept: SMFIS_ACCEPT
        case .discard: SMFIS_DISCARD
        case .reject: SMFIS_REJECT
        case .temporaryFailure: SMFIS_TEMPFAIL
        case .reply(let reply): code(for: reply)
        }
    }

    // If libmilter refuses the text, the returned status still refuses the message and
    // the MTA sends its own text.
    private func code(for reply: SMTPReply) -> CInt {
        guard (400...599).contains(reply.code) else { return SMFIS_TEMPFAIL }
        // libmilter formats the text, so its manual requires `%%` for a percent sign.
        let lines = reply.lines.map { $0.replacing("%", with: "%%") }
        setReply("\(reply.code)", reply.enhanced?.description, lines)
        return reply.isPermanent ? SMFIS_REJECT : SMFIS_TEMPFAIL
    }

    private func setReply(_ code: String, _ enhanced: String?, _ lines: [String]) {
        // One buffer contains all lines, each with its final NUL.
        let octets = lines.flatMap(\.utf8CString)
        unsafe octets.withUnsafeBufferPointer { buffer in
            var texts: [UnsafePointer<CChar>?] = unsafe []
            var start = 0
            for line in lines {
                unsafe texts.append(buffer.baseAddress.map { unsafe $0 + start })
                start += line.utf8.count + 1
            }
            _ = unsafe CMilter_setmlreply(pointer, code, enhanced, texts, CInt(lines.count))
        }
    }
}
