/// The macros that are asked for, and the stages at which each is to be read.
///
/// What is not here is not sent: asking for any macro of a stage replaces the
/// MTA's own list for that stage.
public enum MilterMacro: String, Sendable, Hashable, CaseIterable {
    /// The queue id.
    ///
    /// Postfix knows it at RCPT only from the second accepted recipient on.
    case queueID = "i"
    /// The recipient: resolved, unquoted and case-folded.
    ///
    /// The argument of RCPT TO is none of that. The macro keeps its value after
    /// RCPT, where it names whichever recipient Postfix thought of, so it is
    /// read at RCPT alone.
    case recipientAddress = "{rcpt_addr}"
    /// Who logged in by SASL, or by `XCLIENT LOGIN=`.
    case authenticatedName = "{auth_authen}"
    /// The sender; empty for the null reverse-path.
    case mailAddress = "{mail_addr}"
    /// `milter_macro_daemon_name`, `ORIGINATING` in submission services.
    case daemonName = "{daemon_name}"

    /// The stages at which it is read.
    var readable: Set<MilterStage> {
        switch self {
        case .queueID: [.mail, .recipient, .data, .endOfMessage]
        case .recipientAddress: [.recipient]
        case .authenticatedName, .mailAddress, .daemonName: Set(MilterStage.allCases)
        }
    }

    /// The stages for which it is asked: libmilter keeps values for later ones.
    var requested: Set<MilterStage> {
        switch self {
        case .queueID, .recipientAddress: readable
        case .authenticatedName, .mailAddress: [.mail]
        case .daemonName: [.connection]
        }
    }
}

/// The stages for which macros are asked.
enum MilterStage: Sendable, Hashable, CaseIterable {
    case connection
    case mail
    case recipient
    case data
    case endOfMessage

    /// The names to ask for, as libmilter wants them.
    var requestedNames: String {
        MilterMacro.allCases.filter { $0.requested.contains(self) }.map(\.rawValue)
            .joined(separator: " ")
    }
}
