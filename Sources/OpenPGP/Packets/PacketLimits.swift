/// The largest message, signature and certificate that are accepted.
public struct PacketLimits: Sendable, Hashable {
    /// The session-key packets of one message.
    ///
    /// gpg tries them one by one: a thousand took it 3 to 22 seconds.
    public var recipients = 64
    /// The session-key packets that name no key; gpg tries each with every secret key.
    public var hiddenRecipients = 4
    /// The octets of one session-key packet; another recipient's RSA key with 16,384 bits
    /// needs 2061.
    public var recipientOctets = 4096
    /// The signatures over one text.
    public var signatures = 4
    /// The octets of one signature over a text; gpg itself would read 20 MB.
    public var signatureOctets = 8192
    /// The octets of a certificate.
    public var certificateOctets = 128 << 10
    /// The user ids of a certificate.
    public var userIDs = 16
    /// The octets of one user id.
    public var userIDOctets = 2048
    /// The subkeys of a certificate.
    public var subkeys = 16
    /// The signatures in a certificate; a flooded certificate has up to 150,000.
    public var certificateSignatures = 256

    /// Makes limits with the defaults.
    public init() {}

    /// The limits for everything that comes from the network.
    public static let standard = Self()
}
