/// What a message may cost us before it is refused.
///
/// Each limit bounds something that a peer chooses and that would otherwise
/// grow: the slicer keeps O(size of the message) memory and O(size) time
/// whatever is sent. The numbers leave real mail alone (the deepest we know has
/// 9 levels, the largest header 60 KB, which is where Postfix cuts one) and stop
/// what made other parsers fall: nested multiparts, a million empty parts,
/// half a million header fields.
public struct MIMELimits: Sendable, Hashable {
    /// How many parts may lie inside each other, the root included.
    public var depth: Int
    /// How many parts a message may have, the root included.
    public var parts: Int
    /// How many fields the header of one part may have.
    public var headerFields: Int
    /// How many fields all headers of a message may have together.
    public var totalHeaderFields: Int
    /// Octets of the whole header of one part, line breaks included.
    public var headerOctets: Int
    /// Octets of a boundary.
    ///
    /// - SeeAlso: [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)
    public var boundary: Int
    /// How many parameters a Content-Type may have.
    public var parameters: Int
    /// Octets of one parameter, name and value.
    public var parameterOctets: Int
    /// How many mailboxes an address list may have, groups included.
    public var addresses: Int

    /// Makes limits; what is not given is as in ``standard``.
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

    /// The limits for the header of what we have written ourselves: encoded, what an author
    /// may write takes several times its octets.
    public static let sealed = MIMELimits(headerFields: 10_000, headerOctets: 8 << 20)
}
