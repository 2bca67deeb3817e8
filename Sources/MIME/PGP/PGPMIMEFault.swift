/// Why something that says it is PGP/MIME is not taken as it.
public enum PGPMIMEFault: String, Error, Sendable, Hashable, CaseIterable {
    /// No protocol parameter.
    case protocolMissing
    /// Not exactly two parts.
    case partCountWrong
    /// The first part of multipart/encrypted is not application/pgp-encrypted.
    case controlPartTypeWrong
    /// The control part is not `Version: 1`.
    case versionMissing
    /// The second part of multipart/encrypted is not application/octet-stream.
    case encryptedPartTypeWrong
    /// The second part of multipart/signed is not application/pgp-signature.
    case signaturePartTypeWrong
    /// What is signed has no Content-Type: a commit or a file, no mail.
    case contentTypeMissing
    /// The ciphertext or the signature has a transfer encoding that is broken.
    case encodingInvalid
    /// The ciphertext or the signature is larger than the caller takes.
    case tooLarge
    /// Signed octets with NUL, CR without LF, a line over
    /// ``SignedEntity/maximumLineLength``, or CRLF in a message of LF lines:
    /// other octets have the same signature.
    case signedBytesAmbiguous
    /// The parts of a multipart/encrypted in another multipart, as gateways leave them.
    case mangled
}
