/// The structure that a part's header declares: a leaf, or a multipart with its boundary.
struct PartStructure {
    let contentType: ContentType
    /// The boundary of a multipart; nil for a leaf.
    let boundary: [UInt8]?

    /// Reads the structure from the fields of a part's header.
    ///
    /// - Throws: ``MIMEError`` for a multipart that two readers would split differently.
    init(
        _ fields: [HeaderField],
        isInDigest: Bool,
        at offset: Int,
        limits: MIMELimits
    ) throws(MIMEError) {
        contentType = try Self.contentType(of: fields, isInDigest, at: offset, limits)
        guard contentType.isMultipart else {
            boundary = nil
            return
        }
        // RFC 2231 §3: only some readers understand `boundary*0=`.
        guard contentType.isWellFormed,
            !contentType.parameters.contains(where: { $0.name.hasPrefix("boundary*") })
        else { throw MIMEError(.contentTypeUnreadable, at: offset) }
        // RFC 2045 §6.4: a multipart is 7bit, 8bit or binary. With another encoding, some
        // readers decode it and see parts that other readers do not see.
        let encoding = fields.first { $0.isNamed("Content-Transfer-Encoding") }
        guard case .identity? = TransferEncoding(fieldValue: encoding?.value) else {
            throw MIMEError(.multipartEncoded, at: offset)
        }
        guard let text = contentType.parameter("boundary") else {
            throw MIMEError(.boundaryMissing, at: offset)
        }
        guard Boundary.isValid(text, limits: limits) else {
            throw MIMEError(.boundaryInvalid, at: offset)
        }
        boundary = Array(text.utf8)
    }

    private static func contentType(
        of fields: [HeaderField],
        _ isInDigest: Bool,
        at offset: Int,
        _ limits: MIMELimits
    ) throws(MIMEError) -> ContentType {
        guard let field = fields.first(where: { $0.isNamed("Content-Type") }) else {
            // RFC 2046 §5.1.5: the default type inside a digest is message/rfc822.
            return isInDigest ? ContentType(type: "message", subtype: "rfc822") : .standard
        }
        if let contentType = ContentType(field.value, limits: limits) { return contentType }
        // RFC 2045 §5.2: an unreadable type counts as text/plain, unless another reader
        // could find a multipart in it.
        guard !ASCII.lowercased(field.value).contains("multipart") else {
            throw MIMEError(.contentTypeUnreadable, at: offset)
        }
        return ContentType(type: "text", subtype: "plain", isWellFormed: false)
    }
}
