/// The largest message structure that is accepted.
///
/// Each limit bounds something that the peer chooses; the slicer then needs O(n) memory and
/// O(n) time for a message of n octets. Real mail stays below the limits: the deepest that
/// we know has 9 levels, and the largest header has 60 KB, where Postfix cuts headers. The
/// limits stop what crashed other parsers: nested multiparts, a million empty parts, half a
/// million header fields.
public struct MIMELimits: Sendable, Hashable {
    /// The nesting depth of parts, the root included.
    public var depth = 32
    /// The number of parts, the root included.
    public var parts = 1000
    /// The number of fields in the header of one part.
    public var headerFields = 1000
    /// The number of fields in all headers of a message together.
    public var totalHeaderFields = 10_000
    /// The octets of the header of one part, line breaks included.
    public var headerOctets = 262_144
    /// The octets of a boundary.
    ///
    /// - SeeAlso: [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)
    public var boundary = 70
    /// The number of parameters of a Content-Type.
    public var parameters = 64
    /// The octets of one parameter, name and value together.
    public var parameterOctets = 2048
    /// The number of mailboxes in an address list, members of groups included.
    public var addresses = 1000

    /// Makes the limits for everything that comes from the network.
    public init() {}

    /// The limits for everything that comes from the network.
    public static let standard = MIMELimits()

    /// The limits for the header of a message that we wrote: after encoding, an author's text
    /// takes several times its octets.
    public static let sealed = {
        var limits = MIMELimits()
        limits.headerFields = 10_000
        limits.headerOctets = 8 << 20
        return limits
    }()
}
