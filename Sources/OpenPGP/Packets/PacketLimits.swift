/// What a message, a signature or a certificate may have at the most.
public struct PacketLimits: Sendable, Hashable {
    /// Session-key packets of one message.
    ///
    /// gpg tries them one by one: a thousand cost it 3 to 22 seconds.
    public var recipients = 64
    /// Those among them that name no key: each is tried with every secret key.
    public var hiddenRecipients = 4
    /// Octets of one session-key packet; RSA with 16,384 bits, of somebody else
    /// who gets the same mail, needs 2061.
    public var recipientOctets = 4096
    /// Signatures over one text.
    public var signatures = 4
    /// Octets of one signature over a text; gpg reads 20 MB behind one.
    public var signatureOctets = 8192
    /// Octets of a certificate.
    public var certificateOctets = 128 << 10
    /// User ids of a certificate.
    public var userIDs = 16
    /// Octets of one user id.
    public var userIDOctets = 2048
    /// Subkeys of a certificate.
    public var subkeys = 16
    /// Signatures in a certificate; flooded ones have 150,000.
    public var certificateSignatures = 256

    /// The defaults.
    public init() {}

    /// The defaults.
    public static let standard = Self()
}
