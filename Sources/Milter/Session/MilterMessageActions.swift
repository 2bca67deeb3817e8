/// What a session can do to a message at its end.
///
/// Works only while ``MilterSession/endOfMessage(_:macros:)`` runs. Whoever keeps
/// it longer finds the MTA gone and no recipient deleted, but no dead pointer.
public final class MilterMessageActions {
    /// The MTA's name for the message.
    public let queueID: String?
    private var keepAlive: (() -> Bool)?
    private var delete: ((String) -> Bool)?

    /// Makes actions out of what does them; each returns whether it was done.
    public init(
        queueID: String?,
        progress: @escaping () -> Bool,
        deleteRecipient: @escaping (String) -> Bool
    ) {
        self.queueID = queueID
        keepAlive = progress
        delete = deleteRecipient
    }

    /// Tells the MTA that it takes longer; false if the MTA is gone.
    ///
    /// It restarts Postfix's `milter_content_timeout`. It is also the question to
    /// ask right before something that cannot be taken back: on a unix socket
    /// the first call after Postfix has given up fails; over TCP the second.
    public func progress() -> Bool { keepAlive?() ?? false }

    /// Takes a recipient out of the message.
    ///
    /// - Parameter argument: What ``MilterSession/recipient(_:parameters:macros:)``
    ///   was given, unchanged: Postfix compares octet by octet, and a recipient
    ///   that it does not find so stays, silently. It leaves a source route out
    ///   (`<@relay:list@example.org>`), so that is taken off here.
    /// - Throws: ``MilterError/outsideEndOfMessage`` too late, and
    ///   ``MilterError/recipientNotDeleted`` if the MTA cannot be told.
    public func deleteRecipient(_ argument: String) throws(MilterError) {
        guard let delete else { throw .outsideEndOfMessage }
        guard delete(Self.withoutSourceRoute(argument)) else { throw .recipientNotDeleted }
    }

    /// Ends its use.
    func invalidate() {
        keepAlive = nil
        delete = nil
    }

    // RFC 5321 §4.1.1.3: a source route is "@a,@b:" in front of the mailbox.
    private static func withoutSourceRoute(_ argument: String) -> String {
        let octets = Array(argument.utf8)
        let open = octets.first == UInt8(ascii: "<") ? 1 : 0
        guard octets.dropFirst(open).first == UInt8(ascii: "@"),
            let colon = octets.firstIndex(of: UInt8(ascii: ":"))
        else { return argument }
        return String(decoding: octets[..<open] + octets[(colon + 1)...], as: UTF8.self)
    }
}
