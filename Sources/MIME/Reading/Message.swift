/// A message, split into its parts.
///
/// All verification depends on which exact octets are signed, and two readers must not
/// answer that differently. So an ambiguous message is refused as a whole: repeated fields,
/// a header line without a colon, nested boundaries of which one is a prefix of the other,
/// a delimiter with another line ending than the rest. Unusual but common forms are
/// accepted: preambles, an inner multipart that ends with its parent, a blank before the
/// colon of a field on which no decision depends.
///
/// The type reads messages from SMTP (CRLF) and from GnuPG (often LF): the first line
/// break decides, and every header line and delimiter must have the same one. Bodies may
/// contain both.
///
/// - Complexity: O(n) time in the octets, times the depth of open multiparts for
///   lines that start with `--`; O(n) memory; no recursion.
/// - SeeAlso: [RFC 5322 §2.1](https://www.rfc-editor.org/rfc/rfc5322#section-2.1)
/// - SeeAlso: [RFC 2046 §5.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1)
public struct Message: Sendable {
    /// The message as the outermost part, with its header fields.
    public let root: Part

    /// Slices a message.
    ///
    /// - Throws: ``MIMEError`` if the message is malformed, ambiguous or over a limit.
    public init(_ bytes: [UInt8], limits: MIMELimits = .standard) throws(MIMEError) {
        var slicer = MessageSlicer(bytes, limits: limits)
        root = try slicer.slice()
    }
}
