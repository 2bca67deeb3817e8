/// The macros that the milter asks for, and the stages at which it reads them.
///
/// The MTA sends no other macro: asking for any macro of a stage replaces the MTA's
/// own list for that stage.
///
/// - SeeAlso: [Postfix before-queue Milter support](https://www.postfix.org/MILTER_README.html)
public enum MilterMacro: String, Sendable, Hashable, CaseIterable {
    /// The queue id.
    ///
    /// Over SMTP, Postfix has no queue id at RCPT before the second accepted recipient.
    case queueID = "i"
    /// The recipient, resolved, unquoted and case-folded by Postfix.
    ///
    /// The argument of RCPT TO is the client's raw text. This macro is read at RCPT
    /// only: at later stages it can name another recipient of the message.
    case recipientAddress = "{rcpt_addr}"
    /// The name that the client logged in with by SASL, or by `XCLIENT LOGIN=`.
    case authenticatedName = "{auth_authen}"
    /// The address of MAIL FROM; empty for the null reverse-path.
    case mailAddress = "{mail_addr}"
    /// Postfix's `milter_macro_daemon_name`, by convention `ORIGINATING` in submission
    /// services.
    case daemonName = "{daemon_name}"

    /// The stages at which the milter reads the macro.
    var readable: Set<MilterStage> {
        switch self {
        case .queueID: [.mail, .recipient, .data, .endOfMessage]
        case .recipientAddress: [.recipient]
        case .authenticatedName, .mailAddress, .daemonName: Set(MilterStage.allCases)
        }
    }

    /// The stages for which the milter asks for the macro; libmilter keeps its value for
    /// later stages.
    var requested: Set<MilterStage> {
        switch self {
        case .queueID, .recipientAddress: readable
        case .authenticatedName, .mailAddress: [.mail]
        case .daemonName: [.connection]
        }
    }
}

/// The stages of a session at which an MTA can send macros.
enum MilterStage: Sendable, Hashable, CaseIterable {
    case connection
    case mail
    case recipient
    case data
    case endOfMessage

    /// The names of the macros to ask for, separated by blanks.
    var requestedNames: String {
        MilterMacro.allCases.filter { $0.requested.contains(self) }.map(\.rawValue)
            .joined(separator: " ")
    }
}
