/// Handles the milter events of one connection to the MTA.
///
/// The milter makes a session when a client connects to the MTA. The session lasts
/// as long as that connection and receives any number of messages, one after the
/// other. It gets one call at a time, but each may run on another thread. A call
/// may block: libmilter has a thread for each busy session.
///
/// The MTA gets an immediate reply only at RCPT, DATA and the end of a message. The
/// other events cost no round trip. The milter stores the status of such an event
/// and returns it at the next stage that has a reply, without asking the session
/// again.
///
/// - SeeAlso: [Postfix before-queue Milter support](https://www.postfix.org/MILTER_README.html)
public protocol MilterSession: AnyObject {
    /// A client has connected.
    func connected(_ peer: MilterPeer) -> MilterStatus

    /// MAIL FROM: a new message starts, and an earlier one is over.
    ///
    /// - Parameters:
    ///   - argument: The path as the client wrote it, usually in angle brackets.
    ///   - parameters: The ESMTP parameters, such as `SIZE=…` or `SMTPUTF8`.
    ///   - macros: The macros of this stage.
    /// - Returns: The status, which the MTA gets at RCPT.
    func mailFrom(_ argument: String, parameters: [String], macros: MilterMacros) -> MilterStatus

    /// RCPT TO: the MTA has accepted a recipient.
    ///
    /// - Parameters:
    ///   - argument: The path as the client wrote it, perhaps quoted or with a source
    ///     route. Octets that are not UTF-8 have become U+FFFD.
    ///   - parameters: The ESMTP parameters, such as `NOTIFY=…`.
    ///   - macros: The macros of this stage; ``MilterMacro/recipientAddress`` is the
    ///     resolved address.
    /// - Returns: The status for this recipient alone, but ``MilterStatus/accept`` and
    ///   ``MilterStatus/discard`` apply to the whole message.
    func recipient(_ argument: String, parameters: [String], macros: MilterMacros) -> MilterStatus

    /// DATA: the session has received all recipients.
    func data(macros: MilterMacros) -> MilterStatus

    /// A header field of the message.
    ///
    /// - Parameters:
    ///   - name: The text before the colon.
    ///   - value: The text after the colon, including leading white space. Postfix
    ///     writes a bare LF at each fold, and cuts the value at a NUL.
    /// - Returns: The status, which the MTA gets at the end of the message.
    func header(name: [UInt8], value: [UInt8]) -> MilterStatus

    /// End of headers: the session has received all header fields.
    func endOfHeaders() -> MilterStatus

    /// A chunk of the body, at most 65,535 octets, which may end anywhere.
    ///
    /// After ``MilterStatus/skip`` the session gets no more chunks of this message.
    func body(_ chunk: [UInt8]) -> MilterStatus

    /// End of message: the returned status applies to all recipients.
    func endOfMessage(_ actions: MilterMessageActions, macros: MilterMacros) -> MilterStatus

    /// The message was aborted; the MTA may also send this without a message.
    func aborted()

    /// The connection has ended. This is the last call, and comes once.
    func closed()
}
