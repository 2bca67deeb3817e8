/// What Postfix says about where it got a message from, by XFORWARD.
///
/// It holds for one transaction. Only what Postfix itself observed is worth
/// anything: address, name, port and queue id. The rest is the client's word.
///
/// - SeeAlso: [Postfix XFORWARD Howto](https://www.postfix.org/XFORWARD_README.html)
public struct LMTPClient: Sendable, Hashable {
    /// Where Postfix says that a message came from.
    public enum Source: Sendable, Hashable {
        /// From inside, Postfix thinks; not to be trusted.
        case local
        /// From the network.
        case remote
    }

    /// The network address; nil when it came by no network, as from sendmail(1).
    public var address: String?
    /// The name of ``address`` in the DNS, verified by Postfix.
    public var name: String?
    /// The TCP port.
    public var port: Int?
    /// What the client spoke: `SMTP`, `ESMTP`.
    public var protocolName: String?
    /// What the client called itself in HELO.
    public var helo: String?
    /// Postfix's queue id, for the log.
    public var queueID: String?
    /// Local or remote, if Postfix said so.
    public var source: Source?

    /// Nothing is known.
    public init() {}
}
