import CMilter
import Glibc
import SMTP

/// libmilter's context of one connection, borrowed for the time of a callback.
///
/// libmilter owns it. Only callbacks make one, and none outlives its callback.
@safe
struct MilterContext {
    let pointer: OpaquePointer

    /// The macros of a stage, copied.
    func macros(at stage: MilterStage) -> MilterMacros {
        var values: [MilterMacro: String] = [:]
        for macro in MilterMacro.allCases where macro.readable.contains(stage) {
            guard let value = unsafe CMilter_getsymval(pointer, macro.rawValue) else { continue }
            values[macro] = unsafe String(cString: value)
        }
        return MilterMacros(values)
    }

    /// Asks for the macros of all stages; false if there is no memory for it.
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

    /// The actions on a message at its end.
    func messageActions(queueID: String?) -> MilterMessageActions {
        MilterMessageActions(
            queueID: queueID,
            progress: { unsafe smfi_progress(pointer) == MI_SUCCESS },
            deleteRecipient: { unsafe CMilter_delrcpt(pointer, $0) == MI_SUCCESS }
        )
    }

    /// What a callback returns for a status, with the text of a reply set.
    func code(for status: MilterStatus) -> CInt {
        switch status {
        // SMFIS_SKIP has not been asked for.
        case .continue, .skip: SMFIS_CONTINUE
        case .accept: SMFIS_ACCEPT
        case .discard: SMFIS_DISCARD
        case .reject: SMFIS_REJECT
        case .temporaryFailure: SMFIS_TEMPFAIL
        case .reply(let reply): code(for: reply)
        }
    }

    // If libmilter does not take the text, the code still refuses, and the MTA
    // says so in words of its own.
    private func code(for reply: SMTPReply) -> CInt {
        guard (400...599).contains(reply.code) else { return SMFIS_TEMPFAIL }
        // A percent sign alone would begin a macro; libmilter's manual has it so.
        let lines = reply.lines.map { $0.replacing("%", with: "%%") }
        setReply("\(reply.code)", reply.enhanced?.description, lines)
        return reply.isPermanent ? SMFIS_REJECT : SMFIS_TEMPFAIL
    }

    private func setReply(_ code: String, _ enhanced: String?, _ lines: [String]) {
        // All lines in one buffer, each ended by its NUL.
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
