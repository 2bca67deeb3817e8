extension PGPMIME {
    /// Composes a multipart/signed from an entity and the signature over its octets.
    ///
    /// - Parameters:
    ///   - content: The signed octets, exactly: CRLF lines, 7bit.
    ///   - signature: The signature in armor, made with SHA-256.
    ///   - boundary: From ``Boundary/random(using:)``.
    /// - Returns: The entity, without fields of a message header.
    /// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
    public static func signedEntity(
        _ content: [UInt8],
        signature: [UInt8],
        boundary: String
    ) -> Entity {
        let header =
            "Content-Type: application/pgp-signature; name=\"signature.asc\"\r\n"
            + "Content-Description: OpenPGP digital signature\r\n\r\n"
        return Entity(
            content: .multipart(
                subtype: "signed",
                parameters: [
                    ("protocol", "application/pgp-signature"), ("micalg", "pgp-sha256"),
                ],
                children: [
                    Entity(content: .raw(content)),
                    Entity(content: .raw(Array(header.utf8) + signature)),
                ],
                boundary: boundary
            )
        )
    }
}
