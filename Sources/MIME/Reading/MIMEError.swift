/// Why bytes were not taken as a message, and where.
///
/// Nothing of the message is in it: the offset is for whoever holds the bytes.
public struct MIMEError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One case a reason.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A CR that no LF follows.
        case bareCarriageReturn
        /// A header line or a delimiter ends otherwise than the first line did.
        case mixedLineEndings
        /// A NUL octet in a header.
        case nulInHeader
        /// A header line without a colon, before the blank line.
        case fieldWithoutColon
        /// A field name that is empty or has other than printable ASCII, or a blank
        /// before the colon of a field that decides something.
        case fieldNameInvalid
        /// A header that starts with a folded line.
        case foldWithoutField
        /// A field that may stand once stands twice.
        case fieldRepeated
        /// The header of a part meets the next delimiter before a blank line.
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
        /// A multipart whose Content-Type readers would read differently.
        case contentTypeUnreadable
        /// A multipart under base64 or quoted-printable.
        case multipartEncoded
        /// A multipart without a boundary.
        case boundaryMissing
        /// A boundary that is too long or has characters it may not have.
        case boundaryInvalid
        /// A boundary that is, begins or continues one that is still open.
        case boundaryAmbiguous
        /// A line that starts like a delimiter and then goes on.
        case delimiterAmbiguous
        /// A delimiter behind the close delimiter of the same multipart.
        case delimiterAfterClose
        /// A multipart/signed or multipart/encrypted that does not close.
        case closeDelimiterMissing
        /// A multipart without any part.
        case partMissing
        /// A Content-Transfer-Encoding that we do not know.
        case transferEncodingUnknown
        /// Octets that are not base64, or base64 that is not finished.
        case base64Invalid
        /// Octets that are not quoted-printable.
        case quotedPrintableInvalid
        /// A decoded body of more octets than the caller takes.
        case bodyTooLarge
    }

    /// Why.
    public let reason: Reason
    /// The octet at which it was seen, from the start of what was parsed.
    public let offset: Int

    /// Makes an error.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason and the offset, for a log.
    public var description: String { "\(reason.rawValue) at octet \(offset)" }
}
