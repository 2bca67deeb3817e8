/// Whether a part is PGP/MIME: encrypted, signed, neither, or malformed.
///
/// Only the structure of the given part is examined. The caller must pass the root of a
/// message or of a decrypted payload, never an inner part: ciphertext below the top
/// level is the EFAIL attack, and a signed inner part proves nothing about its siblings.
///
/// - SeeAlso: [RFC 3156 §4](https://www.rfc-editor.org/rfc/rfc3156#section-4)
/// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
public enum PGPMIME: Sendable {
    /// A multipart/encrypted: its second part, decoded, usually in armor.
    case encrypted(message: [UInt8])
    /// A multipart/signed; its signature is not verified yet.
    case signed(SignedEntity)
    /// Not PGP/MIME; this includes S/MIME.
    case none
    /// It claims to be PGP/MIME, but its structure is wrong.
    case malformed(PGPMIMEFault)

    /// Examines the structure of a part; a fault gives ``malformed(_:)``.
    ///
    /// - Parameters:
    ///   - part: The root of a message or of a decrypted payload.
    ///   - limit: The largest encrypted message or signature, in octets, decoded.
    public init(_ part: Part, limit: Int) {
        do {
            if part.contentType.isType("multipart", "encrypted") {
                self = try Self.encrypted(part, limit: limit)
            } else if part.contentType.isType("multipart", "signed") {
                self = try Self.signed(part, limit: limit)
            } else if part.children.contains(where: {
                $0.contentType.isType("application", "pgp-encrypted")
            }) {
                self = .malformed(.mangled)
            } else {
                self = .none
            }
        } catch {
            self = .malformed(error)
        }
    }

    private static func encrypted(_ part: Part, limit: Int) throws(PGPMIMEFault) -> PGPMIME {
        guard try hasProtocol("application/pgp-encrypted", part) else { return .none }
        let (control, content) = try twoChildren(of: part)
        guard control.contentType.isType("application", "pgp-encrypted") else {
            throw .controlPartTypeWrong
        }
        guard isVersionOne(control) else { throw .versionMissing }
        guard content.contentType.isType("application", "octet-stream") else {
            throw .encryptedPartTypeWrong
        }
        return .encrypted(message: try decoded(content, limit: limit))
    }

    private static func signed(_ part: Part, limit: Int) throws(PGPMIMEFault) -> PGPMIME {
        guard try hasProtocol("application/pgp-signature", part) else { return .none }
        let (content, signature) = try twoChildren(of: part)
        guard signature.contentType.isType("application", "pgp-signature") else {
            throw .signaturePartTypeWrong
        }
        return .signed(
            try SignedEntity(
                content: content,
                signature: decoded(signature, limit: limit),
                micalg: part.contentType.parameter("micalg")
            )
        )
    }

    // RFC 1847 §2.1, §2.2: the protocol parameter is required.
    private static func hasProtocol(_ name: String, _ part: Part) throws(PGPMIMEFault) -> Bool {
        guard let value = part.contentType.parameter("protocol") else { throw .protocolMissing }
        return ASCII.equal(value, name)
    }

    private static func twoChildren(of part: Part) throws(PGPMIMEFault) -> (Part, Part) {
        guard part.children.count == 2 else { throw .partCountWrong }
        return (part.children[0], part.children[1])
    }

    private static func decoded(_ part: Part, limit: Int) throws(PGPMIMEFault) -> [UInt8] {
        do {
            return try part.decodedBody(limit: limit)
        } catch {
            throw error.reason == .bodyTooLarge ? .tooLarge : .encodingInvalid
        }
    }

    // RFC 3156 §4: "This body contains the control information. A message
    // complying with this standard MUST contain a "Version: 1" field".
    private static func isVersionOne(_ control: Part) -> Bool {
        guard let body = try? control.decodedBody(limit: maximumControlLength) else { return false }
        let lines = body.split { $0 == ASCII.carriageReturn || $0 == ASCII.lineFeed }
            .map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
        guard lines.count == 1, let colon = lines[0].firstIndex(of: ASCII.colon) else {
            return false
        }
        let name = String(decoding: lines[0][..<colon].trimmingBlanks(), as: UTF8.self)
        return ASCII.equal(name, "Version")
            && lines[0][(colon + 1)...].trimmingBlanks().elementsEqual("1".utf8)
    }

    private static let maximumControlLength = 1024
}
