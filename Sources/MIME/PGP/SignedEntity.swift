/// The two halves of a multipart/signed, ready to be verified.
///
/// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
public struct SignedEntity: Sendable {
    /// The signed part, with its own header.
    public let content: Part
    /// What the signature is over.
    ///
    /// The exact octets of ``content`` in a message of CRLF lines: an LF alone in
    /// it was signed as an LF alone. In a message of LF lines, each made CRLF.
    public let signedBytes: [UInt8]
    /// The signature as decoded, usually in armor; not yet looked into.
    public let signature: [UInt8]
    /// The micalg parameter in lower case without `pgp-`: `sha256`.
    ///
    /// The sender's claim, which many get wrong; the signature itself decides.
    public let hashAlgorithmName: String?

    /// Octets of a signed line, without its line break.
    ///
    /// gpg hashes text-mode lines in pieces of 19,995 octets: behind that, octets
    /// can come and go and the signature stays good.
    public static let maximumLineLength = 19_000

    init(content: Part, signature: [UInt8], micalg: String?) throws(PGPMIMEFault) {
        // A signature over something that is no MIME entity (a git commit, a
        // release file) must not become a post by being wrapped.
        guard content.field(named: "Content-Type") != nil else { throw .contentTypeMissing }
        guard Self.isUnambiguous(content) else { throw .signedBytesAmbiguous }
        self.content = content
        self.signature = signature
        signedBytes =
            switch content.lineEnding {
            case .crlf: Array(content.bytes)
            case .lf: LineEndings.canonical(content.bytes)
            }
        hashAlgorithmName = micalg.map { name in
            let lower = ASCII.lowercased(name)
            return lower.hasPrefix("pgp-") ? String(lower.dropFirst(4)) : lower
        }
    }

    private static func isUnambiguous(_ content: Part) -> Bool {
        var lineLength = 0
        for octet in content.bytes {
            if octet == ASCII.nul { return false }
            lineLength = octet == ASCII.lineFeed ? 0 : lineLength + 1
            if lineLength > maximumLineLength + 1 { return false }
        }
        return switch content.lineEnding {
        case .crlf: true
        case .lf: !LineEndings.hasCRLF(content.bytes)
        }
    }
}
