/// A part, or a whole message, that we compose.
///
/// What comes out is CRLF and, but for ``Content/raw(_:)`` and
/// ``Content/message(_:)``, 7 bit in lines that no hop rewrites, so it can be
/// signed as it is (RFC 3156 §3).
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
    /// A name and a value of Content-Type; always written in quotes.
    public typealias Parameter = (name: String, value: String)

    /// What the body is made of.
    public enum Content: Sendable {
        /// Text in UTF-8: 7bit if nothing in it needs more, else quoted-printable.
        ///
        /// Any line break becomes CRLF, and the last line gets one.
        case text(String, subtype: String = "plain", parameters: [Parameter] = [])
        /// Octets of any kind, in base64.
        case encoded(type: String, parameters: [Parameter] = [], bytes: [UInt8])
        /// A complete entity with its own header, taken octet for octet.
        case raw([UInt8])
        /// A whole message as message/rfc822; bare LF becomes CRLF.
        case message([UInt8])
        /// Parts with a boundary, which must be ``Boundary/random(using:)``.
        case multipart(
            subtype: String,
            parameters: [Parameter] = [],
            children: [Entity],
            boundary: String
        )
    }

    /// Fields in front of those that describe the content.
    public var headerFields: [Field]
    /// The content.
    public var content: Content

    /// Makes an entity.
    public init(headerFields: [Field] = [], content: Content) {
        self.headerFields = headerFields
        self.content = content
    }

    /// An OpenPGP certificate in armor, as an attachment that mail programs import.
    ///
    /// - SeeAlso: [RFC 3156 §7](https://www.rfc-editor.org/rfc/rfc3156#section-7)
    public static func certificate(armored: [UInt8], fileName: String) -> Entity {
        attachment(type: "application/pgp-keys", fileName: fileName, bytes: armored)
    }

    /// Octets that a reader saves as a file.
    ///
    /// - SeeAlso: [RFC 2183 §2](https://www.rfc-editor.org/rfc/rfc2183#section-2)
    public static func attachment(type: String, fileName: String, bytes: [UInt8]) -> Entity {
        let parameter = FieldWriter.parameter(name: "filename", value: fileName)
        return Entity(
            headerFields: [Field("Content-Disposition", structured: "attachment; " + parameter)],
            content: .encoded(type: type, bytes: bytes)
        )
    }

    /// The octets, header, blank line and body.
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
        case .message(let bytes):
            // RFC 2046 §5.2.1: never encoded, so it says what it needs.
            let body = LineEndings.canonical(bytes)
            Self.appendHeader("message/rfc822", [], encoding: Self.identity(body), to: &result)
            result.append(contentsOf: body)
        case .multipart(let subtype, let parameters, let children, let boundary):
            let body = Self.multipartBody(children, boundary: boundary)
            // RFC 2045 §6.4: a multipart declares what the parts inside it need.
            Self.appendHeader(
                "multipart/" + subtype,
                parameters + [("boundary", boundary)],
                encoding: Self.identity(body),
                to: &result
            )
            result.append(contentsOf: body)
        }
    }

    // RFC 2046 §5.1.1: the line break before a delimiter is the delimiter's.
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
