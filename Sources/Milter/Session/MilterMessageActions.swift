/// The actions that a session can do at the end of a message.
///
/// They work only while ``MilterSession/endOfMessage(_:macros:)`` runs. After that
/// ``progress()`` returns false and ``deleteRecipient(_:)`` throws. A late call never
/// reaches a freed pointer.
public final class MilterMessageActions {
    /// The MTA's queue id of the message.
    public let queueID: String?
    private var keepAlive: (() -> Bool)?
    private var delete: ((String) -> Bool)?

    /// Makes actions from closures, each of which returns whether it succeeded.
    public init(
        queueID: String?,
        progress: @escaping () -> Bool,
        deleteRecipient: @escaping (String) -> Bool
    ) {
        self.queueID = queueID
        keepAlive = progress
        delete = deleteRecipient
    }

    /// Tells the MTA that the milter needs more time; false if the MTA is gone.
    ///
    /// It restarts Postfix's `milter_content_timeout`. Call it also right before a
    /// commit, to see whether Postfix still waits: on a unix socket the first call
    /// after Postfix has given up fails, over TCP only the second.
    public func progress() -> Bool { keepAlive?() ?? false }

    /// Deletes a recipient from the message.
    ///
    /// - Parameter argument: The argument of
    ///   ``MilterSession/recipient(_:parameters:macros:)``, unchanged. Postfix compares
    ///   octet by octet, and reports no error if it finds no such recipient. Postfix
    ///   drops a source route (`<@relay:list@example.org>`), so this method does too.
    /// - Throws: ``MilterError/outsideEndOfMessage`` after `endOfMessage` has returned,
    ///   and ``MilterError/recipientNotDeleted`` if libmilter cannot tell the MTA.
    public func deleteRecipient(_ argument: String) throws(MilterError) {
        guard let delete else { throw .outsideEndOfMessage }
        guard delete(Self.withoutSourceRoute(argument)) else { throw .recipientNotDeleted }
    }

    /// Makes every later call fail.
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
