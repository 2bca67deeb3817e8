/// The largest message structure that is accepted.
///
/// Each limit bounds something that the peer chooses; the slicer then needs O(n) memory and
/// O(n) time for a message of n octets. Real mail stays below the limits: the deepest that
/// we know has 9 levels, and the largest header has 60 KB, where Postfix cuts headers. The
/// limits stop what crashed other parsers: nested multiparts, a million empty parts, half a
/// million header fields.
public struct MIMELimits: Sendable, Hashable {
    /// The nesting depth of parts, the root included.
    public var depth: Int
    /// The number of parts, the root included.
    public var parts: Int
    /// The number of fields in the header of one part.
    public var headerFields: Int
    /// The number of fields in all headers of a message together.
    public var totalHeaderFields: Int
    /// The octets of the header of one part, line breaks included.
    public var headerOctets: Int
    /// The octets of a boundary.
    ///
    /// - SeeAlso: [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)
    public var boundary: Int
    /// The number of parameters of a Content-Type.
    public var parameters: Int
    /// The octets of one parameter, name and value together.
    public var parameterOctets: Int
    /// The number of mailboxes in an address list, members of groups included.
    public var addresses: Int

    /// Makes limits; each default is the value of ``standard``.
    public init(
        depth: Int = 32,
        parts: Int = 1000,
        headerFields: Int = 1000,
        totalHeaderFields: Int = 10_000,
        headerOctets: Int = 262_144,
        boundary: Int = 70,
        parameters: Int = 64,
        parameterOctets: Int = 2048,
        addresses: Int = 1000
    ) {
        self.depth = depth
        self.parts = parts
        self.headerFields = headerFields
        self.totalHeaderFields = totalHeaderFields
        self.headerOctets = headerOctets
        self.boundary = boundary
        self.parameters = parameters
        self.parameterOctets = parameterOctets
        self.addresses = addresses
    }

    /// The limits for everything that comes from the network.
    public static let standard = MIMELimits()

    /// The limits for the header of a message that we wrote: after encoding, an author's text
    /// takes several times its octets.
    public static let sealed = MIMELimits(headerFields: 10_000, headerOctets: 8 << 20)
}
