/// A message, sliced into its parts.
///
/// The question that everything rests on is "which exact octets are signed", and
/// two readers must not answer it differently. So what is ambiguous is refused
/// as a whole: repeated fields, a header line without a colon, nested boundaries
/// that begin alike, a delimiter in another line ending than the rest. What is
/// only odd (preambles, an inner multipart that ends with its parent, a blank
/// before the colon of a field that decides nothing) is taken: it is in use.
///
/// The same type reads what came over SMTP (CRLF) and what GnuPG hands out
/// (often LF): the first line break decides, and every header line and delimiter
/// must follow it. Bodies may contain either.
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
    /// - Throws: ``MIMEError`` for what is malformed, ambiguous or over a limit.
    public init(_ bytes: [UInt8], limits: MIMELimits = .standard) throws(MIMEError) {
        var slicer = MessageSlicer(bytes, limits: limits)
        root = try slicer.slice()
    }
}
