extension PGPMIME {
    /// The octets of a multipart/encrypted before and after its armored message.
    ///
    /// The frame is the same for all copies of a post, so the caller makes it once and
    /// shares it. The caller puts the armor between the two halves, in CRLF lines, with
    /// or without a final line break.
    ///
    /// - Parameters:
    ///   - headerFields: The outer header, without MIME-Version and Content-Type.
    ///   - boundary: From ``Boundary/random(using:)``.
    /// - Returns: The octets before the armor, and the octets after it.
    /// - SeeAlso: [RFC 3156 §4](https://www.rfc-editor.org/rfc/rfc3156#section-4)
    public static func encryptedFrame(
        headerFields: [Entity.Field],
        boundary: String
    ) -> (before: [UInt8], after: [UInt8]) {
        let type = [
            "multipart/encrypted",
            FieldWriter.parameter(name: "protocol", value: "application/pgp-encrypted"),
            FieldWriter.parameter(name: "boundary", value: boundary),
        ]
        let header =
            headerFields + [
                Entity.Field("MIME-Version", structured: "1.0"),
                Entity.Field("Content-Type", structured: type.joined(separator: "; ")),
            ]
        let control = Entity.Field("Content-Type", structured: "application/pgp-encrypted")
        let content = [
            Entity.Field(
                "Content-Type",
                structured: "application/octet-stream; name=\"encrypted.asc\""
            ),
            Entity.Field("Content-Disposition", structured: "inline; filename=\"encrypted.asc\""),
        ]
        var before = header.flatMap { $0.serialized() }
        before.append(contentsOf: "\r\n--\(boundary)\r\n".utf8)
        before.append(contentsOf: control.serialized())
        before.append(contentsOf: "\r\nVersion: 1\r\n\r\n--\(boundary)\r\n".utf8)
        before.append(contentsOf: content.flatMap { $0.serialized() } + ASCII.crlf)
        return (before, Array("\r\n--\(boundary)--\r\n".utf8))
    }
}
