/// The client that speaks to the MTA, as the MTA tells it.
public struct MilterPeer: Sendable, Hashable {
    /// Its name, or what the MTA puts for one that does not resolve.
    public let hostName: String
    /// Its numeric address; nil for a unix socket and where it is unknown.
    public let address: String?
    /// Its port; nil where there is no address.
    public let port: Int?

    /// Makes a peer.
    public init(hostName: String, address: String?, port: Int?) {
        self.hostName = hostName
        self.address = address
        self.port = port
    }

    /// Whether no SMTP client stands behind this, but sendmail(1) or the MTA.
    ///
    /// Postfix plays the events of such a message to `non_smtpd_milters` with
    /// port 0. A recipient must not be refused then: Postfix takes that for a
    /// broken milter, and the message stays in its maildrop.
    public var isSimulated: Bool { address == nil || (port ?? 0) == 0 }
}
