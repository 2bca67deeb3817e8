/// What the header of a part says about its inside: a leaf, or parts and their boundary.
struct PartStructure {
    let contentType: ContentType
    /// The boundary of a multipart; nil for a leaf.
    let boundary: [UInt8]?

    /// - Throws: ``MIMEError`` for a multipart that two readers would cut differently.
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
        // RFC 2231 §3: `boundary*0=` is read by some and not by others.
        guard contentType.isWellFormed,
            !contentType.parameters.contains(where: { $0.name.hasPrefix("boundary*") })
        else { throw MIMEError(.contentTypeUnreadable, at: offset) }
        // RFC 2045 §6.4: a multipart is 7bit, 8bit or binary. Some readers decode
        // one that says otherwise, and see parts where others see none.
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
            // RFC 2046 §5.1.5: inside a digest the default is a message.
            return isInDigest ? ContentType(type: "message", subtype: "rfc822") : .standard
        }
        if let contentType = ContentType(field.value, limits: limits) { return contentType }
        // RFC 2045 §5.2: what cannot be read is plain text, unless somebody else
        // could read parts in it.
        guard !ASCII.lowercased(field.value).contains("multipart") else {
            throw MIMEError(.contentTypeUnreadable, at: offset)
        }
        return ContentType(type: "text", subtype: "plain", isWellFormed: false)
    }
}
