/// The client of the MTA, as the MTA describes it.
public struct MilterPeer: Sendable, Hashable {
    /// The host name of the client, or the MTA's substitute if none resolves.
    public let hostName: String
    /// The numeric address of the client; nil for a unix socket or if unknown.
    public let address: String?
    /// The port of the client; nil without an address.
    public let port: Int?

    /// Makes a peer; the values are not checked.
    public init(hostName: String, address: String?, port: Int?) {
        self.hostName = hostName
        self.address = address
        self.port = port
    }

    /// Whether the message comes from sendmail(1) or the MTA, not from an SMTP client.
    ///
    /// Postfix simulates the SMTP events of such a message for `non_smtpd_milters`, with
    /// port 0. The milter must not refuse a recipient then: Postfix reports a milter
    /// configuration error, and the message stays in the maildrop.
    public var isSimulated: Bool { address == nil || (port ?? 0) == 0 }
}
