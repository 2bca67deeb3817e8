/// Why octets could not be read as a message, and where.
///
/// It contains no text of the message; the offset helps whoever has the octets.
public struct MIMEError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of faults.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A CR without a following LF.
        case bareCarriageReturn
        /// A header line or a delimiter ends otherwise than the first line does.
        case mixedLineEndings
        /// A NUL octet in a header.
        case nulInHeader
        /// A header line without a colon, before the blank line.
        case fieldWithoutColon
        /// A field name that is empty or not printable ASCII, or a blank before the colon of a
        /// field on which a decision depends.
        case fieldNameInvalid
        /// A header that starts with a folded line.
        case foldWithoutField
        /// A field that may occur once is repeated.
        case fieldRepeated
        /// The next delimiter comes before the blank line that ends a part's header.
        case headerUnterminated
        /// More than ``MIMELimits/headerFields`` or
        /// ``MIMELimits/totalHeaderFields``.
        case tooManyHeaderFields
        /// More than ``MIMELimits/headerOctets``.
        case headerTooLong
        /// More than ``MIMELimits/depth``.
        case tooDeep
        /// More than ``MIMELimits/parts``.
        case tooManyParts
        /// A multipart whose Content-Type different readers would read differently.
        case contentTypeUnreadable
        /// A multipart with base64 or quoted-printable as its transfer encoding.
        case multipartEncoded
        /// A multipart without a boundary.
        case boundaryMissing
        /// A boundary that is too long or has characters that are not allowed.
        case boundaryInvalid
        /// A boundary that equals or is a prefix of an enclosing one, or has it as its prefix.
        case boundaryAmbiguous
        /// A line that starts with a delimiter and has more text after it.
        case delimiterAmbiguous
        /// A delimiter after the close delimiter of the same multipart.
        case delimiterAfterClose
        /// A multipart/signed or multipart/encrypted without its close delimiter.
        case closeDelimiterMissing
        /// A multipart without any part.
        case partMissing
        /// An unknown Content-Transfer-Encoding.
        case transferEncodingUnknown
        /// Octets that are not base64, or base64 that is incomplete.
        case base64Invalid
        /// Octets that are not quoted-printable.
        case quotedPrintableInvalid
        /// A decoded body that exceeds the caller's limit.
        case bodyTooLarge
    }

    /// The kind of fault.
    public let reason: Reason
    /// The offset of the fault, in octets from the start of the parsed octets.
    public let offset: Int

    /// Makes an error for a fault at an offset in octets.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason and the offset, for a log.
    public var description: String { "\(reason.rawValue) at octet \(offset)" }
}
