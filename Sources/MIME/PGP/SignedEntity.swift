/// The signed part and the signature of a multipart/signed, ready to be verified.
///
/// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
public struct SignedEntity: Sendable {
    /// The signed part, with its own header.
    public let content: Part
    /// The octets that the signature covers.
    ///
    /// In a message of CRLF lines these are the exact octets of ``content``; a bare LF in
    /// it stays a bare LF. In a message of LF lines each LF becomes CRLF.
    public let signedBytes: [UInt8]
    /// The decoded signature, usually in armor, not checked yet.
    public let signature: [UInt8]
    /// The micalg parameter in lower case without `pgp-`, such as `sha256`.
    ///
    /// It is only the author's claim, and many programs write a wrong one. The signature
    /// itself names its hash algorithm.
    public let hashAlgorithmName: String?

    /// The longest signed line, in octets without the line break.
    ///
    /// gpg hashes text-mode lines in pieces of 19,995 octets. In a longer line octets can
    /// be added or removed, and the signature stays good.
    public static let maximumLineLength = 19_000

    init(content: Part, signature: [UInt8], micalg: String?) throws(PGPMIMEFault) {
        // A signature over other data than a MIME entity (a git commit, a release file)
        // must not become a post when somebody wraps it.
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
