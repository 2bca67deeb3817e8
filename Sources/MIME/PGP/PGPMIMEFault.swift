/// Why a part that claims to be PGP/MIME is malformed.
public enum PGPMIMEFault: String, Error, Sendable, Hashable, CaseIterable {
    /// The Content-Type has no protocol parameter.
    case protocolMissing
    /// There are not exactly two parts.
    case partCountWrong
    /// The first part of multipart/encrypted is not application/pgp-encrypted.
    case controlPartTypeWrong
    /// The control part does not contain exactly `Version: 1`.
    case versionMissing
    /// The second part of multipart/encrypted is not application/octet-stream.
    case encryptedPartTypeWrong
    /// The second part of multipart/signed is not application/pgp-signature.
    case signaturePartTypeWrong
    /// The signed part has no Content-Type, so it is a commit or a file and not mail.
    case contentTypeMissing
    /// The transfer encoding of the ciphertext or the signature is malformed.
    case encodingInvalid
    /// The ciphertext or the signature exceeds the caller's limit.
    case tooLarge
    /// Other octets would have the same signature.
    ///
    /// The signed octets contain NUL, CR without LF, a line longer than
    /// ``SignedEntity/maximumLineLength``, or CRLF in a message of LF lines.
    case signedBytesAmbiguous
    /// The parts of a multipart/encrypted stand in another multipart, as some gateways do it.
    case mangled
}
