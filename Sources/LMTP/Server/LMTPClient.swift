/// The client that gave a message to Postfix, as XFORWARD describes it.
///
/// It belongs to one transaction. Trust only the values that Postfix observed itself:
/// address, name, port and queue id. The client chooses the others.
///
/// - SeeAlso: [Postfix XFORWARD Howto](https://www.postfix.org/XFORWARD_README.html)
public struct LMTPClient: Sendable, Hashable {
    /// The origin of a message, according to Postfix.
    public enum Source: Sendable, Hashable {
        /// Postfix considers the client local. Do not trust this value.
        case local
        /// Postfix considers the client remote.
        case remote
    }

    /// The client's network address; nil for local submission, as by sendmail(1).
    public var address: String?
    /// The name of ``address`` in the DNS, which Postfix has verified.
    public var name: String?
    /// The client's TCP port.
    public var port: Int?
    /// The protocol of the client, `SMTP` or `ESMTP`.
    public var protocolName: String?
    /// The argument of the client's HELO or EHLO.
    public var helo: String?
    /// Postfix's queue id, for the log.
    public var queueID: String?
    /// The origin according to Postfix; nil if Postfix did not send it.
    public var source: Source?

    /// Makes a client of which nothing is known.
    public init() {}
}
