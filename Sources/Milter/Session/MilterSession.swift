/// One connection of the MTA: what a milter is asked, and answers.
///
/// A session is made when a client connects to the MTA, lives as long as that
/// connection, and carries any number of messages one after the other. It gets
/// one call at a time, each perhaps on another thread; it may block, since
/// libmilter has a thread for each session that is busy.
///
/// Only RCPT, DATA and the end of a message are answered to the MTA at once.
/// The others cost it no round trip: what a session answers there is kept, and
/// given at the next stage that has an answer, without asking the session again.
///
/// - SeeAlso: [Postfix before-queue Milter support](https://www.postfix.org/MILTER_README.html)
public protocol MilterSession: AnyObject {
    /// A client has connected.
    func connected(_ peer: MilterPeer) -> MilterStatus

    /// MAIL FROM: a new message begins, and nothing is left of one before.
    ///
    /// - Parameters:
    ///   - argument: As the client wrote it, mostly with its angle brackets.
    ///   - parameters: What follows: `SIZE=…`, `SMTPUTF8`.
    ///   - macros: The macros of this stage.
    /// - Returns: The answer, given at RCPT.
    func mailFrom(_ argument: String, parameters: [String], macros: MilterMacros) -> MilterStatus

    /// RCPT TO: a recipient that the MTA has accepted.
    ///
    /// - Parameters:
    ///   - argument: As the client wrote it: raw, perhaps quoted or routed. What
    ///     is not UTF-8 in it has become U+FFFD.
    ///   - parameters: What follows: `NOTIFY=…`.
    ///   - macros: The macros of this stage; the address is in
    ///     ``MilterMacro/recipientAddress``.
    /// - Returns: The answer for this recipient alone; but ``MilterStatus/accept``
    ///   and ``MilterStatus/discard`` are for the whole message.
    func recipient(_ argument: String, parameters: [String], macros: MilterMacros) -> MilterStatus

    /// DATA: the recipients are complete.
    func data(macros: MilterMacros) -> MilterStatus

    /// A header field.
    ///
    /// - Parameters:
    ///   - name: What stands before the colon.
    ///   - value: All that stands behind it, leading white space too. Postfix
    ///     joins folds by a bare LF, and cuts the value at a NUL.
    /// - Returns: The answer, given at the end of the message.
    func header(name: [UInt8], value: [UInt8]) -> MilterStatus

    /// The header is complete.
    func endOfHeaders() -> MilterStatus

    /// A piece of the body, at most 65,535 octets, cut anywhere.
    ///
    /// After ``MilterStatus/skip`` the rest of the body is not given.
    func body(_ chunk: [UInt8]) -> MilterStatus

    /// The message is complete; the answer is to all of its recipients.
    func endOfMessage(_ actions: MilterMessageActions, macros: MilterMacros) -> MilterStatus

    /// The message will not come after all; perhaps there was none.
    func aborted()

    /// The connection has ended. Called once, and nothing after it.
    func closed()
}
