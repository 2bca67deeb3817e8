/// A MIME part, or a whole message, that we compose.
///
/// The output has CRLF line breaks. Except for ``Content/raw(_:)`` it is
/// 7bit and has only lines that no MTA rewrites, so it
/// can be signed as it is (RFC 3156 §3).
///
/// ```swift
/// Entity(
///     headerFields: [Entity.Field("Subject", "Minutes")],
///     content: .multipart(
///         subtype: "mixed",
///         parameters: [("hp", "cipher"), ("protected-headers", "v1")],
///         children: [Entity(content: .text("From Anne.\n")), Entity(content: .raw(post))],
///         boundary: Boundary.random(using: &generator)
///     )
/// )
/// ```
public struct Entity: Sendable {
    /// A parameter of Content-Type, as name and value; the value is always written in quotes.
    public typealias Parameter = (name: String, value: String)

    /// The body of an entity, by the way it is encoded.
    public enum Content: Sendable {
        /// Text in UTF-8, as 7bit if possible, otherwise as quoted-printable.
        ///
        /// CRLF, CR and LF all become CRLF; the last line gets a line break too.
        case text(String, subtype: String = "plain", parameters: [Parameter] = [])
        /// Octets of any kind, in base64.
        case encoded(type: String, parameters: [Parameter] = [], bytes: [UInt8])
        /// A complete entity with its own header, copied octet for octet.
        case raw([UInt8])
        /// Parts with a boundary, which must be ``Boundary/random(using:)``.
        case multipart(
            subtype: String,
            parameters: [Parameter] = [],
            children: [Entity],
            boundary: String
        )
    }

    /// The fields that are written before Content-Type and Content-Transfer-Encoding.
    public var headerFields: [Field]
    /// The body, from which the `Content-*` fields follow.
    public var content: Content

    /// Makes an entity; the `Content-*` fields are added when it is serialized.
    public init(headerFields: [Field] = [], content: Content) {
        self.headerFields = headerFields
        self.content = content
    }

    /// An attachment with an armored OpenPGP certificate, which mail programs can import.
    ///
    /// - SeeAlso: [RFC 3156 §7](https://www.rfc-editor.org/rfc/rfc3156#section-7)
    public static func certificate(armored: [UInt8], fileName: String) -> Entity {
        attachment(type: "application/pgp-keys", fileName: fileName, bytes: armored)
    }

    /// An attachment that a mail program offers to save as a file.
    ///
    /// - SeeAlso: [RFC 2183 §2](https://www.rfc-editor.org/rfc/rfc2183#section-2)
    public static func attachment(type: String, fileName: String, bytes: [UInt8]) -> Entity {
        let parameter = FieldWriter.parameter(name: "filename", value: fileName)
        return Entity(
            headerFields: [Field("Content-Disposition", structured: "attachment; " + parameter)],
            content: .encoded(type: type, bytes: bytes)
        )
    }

    /// The entity as octets: header, blank line and body.
    public func serialized() -> [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    private func append(to result: inout [UInt8]) {
        for field in headerFields { result.append(contentsOf: field.serialized()) }
        switch content {
        case .text(let text, let subtype, let parameters):
            let body = TextBody(text)
            Self.appendHeader(
                "text/" + subtype,
                [("charset", "utf-8")] + parameters,
                encoding: body.encodingName,
                to: &result
            )
            result.append(contentsOf: body.octets)
        case .encoded(let type, let parameters, let bytes):
            Self.appendHeader(type, parameters, encoding: "base64", to: &result)
            result.append(contentsOf: Base64.encode(bytes))
        case .raw(let bytes): result.append(contentsOf: bytes)
        case .multipart(let subtype, let parameters, let children, let boundary):
            let body = Self.multipartBody(children, boundary: boundary)
            // RFC 2045 §6.4: a multipart declares the encoding that its parts need.
            Self.appendHeader(
                "multipart/" + subtype,
                parameters + [("boundary", boundary)],
                encoding: Self.identity(body),
                to: &result
            )
            result.append(contentsOf: body)
        }
    }

    // RFC 2046 §5.1.1: the line break before a delimiter belongs to the delimiter.
    private static func multipartBody(_ children: [Entity], boundary: String) -> [UInt8] {
        var body: [UInt8] = []
        for child in children {
            if !body.isEmpty { body.append(contentsOf: ASCII.crlf) }
            body.append(contentsOf: "--\(boundary)\r\n".utf8)
            child.append(to: &body)
        }
        body.append(contentsOf: "\r\n--\(boundary)--\r\n".utf8)
        return body
    }

    private static func identity(_ body: [UInt8]) -> String? {
        if body.contains(ASCII.nul) { return "binary" }
        return body.contains { $0 >= 0x80 } ? "8bit" : nil
    }

    private static func appendHeader(
        _ type: String,
        _ parameters: [Parameter],
        encoding: String?,
        to result: inout [UInt8]
    ) {
        let value = ([type] + parameters.map(FieldWriter.parameter)).joined(separator: "; ")
        result.append(contentsOf: Field("Content-Type", structured: value).serialized())
        if let encoding {
            let field = Field("Content-Transfer-Encoding", structured: encoding)
            result.append(contentsOf: field.serialized())
        }
        result.append(contentsOf: ASCII.crlf)
    }
}
