/// The header fields inside the encryption or the signature.
///
/// They are read from the root of the cryptographic payload only: an inner part that
/// claims protected headers may be anybody's quotation. With ``Kind/cipher`` and
/// ``Kind/clear`` these fields replace all outer ones (RFC 9788 §4.2). With
/// ``Kind/legacy`` only the Subject is meant to be shown; the other fields are signed
/// too and can be compared.
///
/// - SeeAlso: [RFC 9788 §2](https://www.rfc-editor.org/rfc/rfc9788#section-2)
public struct ProtectedHeader: Sendable {
    /// How the payload declares its protected header.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// `hp="cipher"`: composed for encryption; some fields are hidden in the outer header.
        case cipher
        /// `hp="clear"`: composed for signing only.
        case clear
        /// `protected-headers="v1"`: older than the RFC; Thunderbird still writes it.
        case legacy
    }

    /// The protected fields, without those that describe the body.
    public let fields: [HeaderField]
    /// The outer fields as the author's program sent them, from `HP-Outer`.
    public let outerFields: [HeaderField]
    /// How the payload declares its protected header.
    public let kind: Kind

    /// Reads the protected header, or returns nil if the payload declares none.
    ///
    /// - Parameter payload: The root part of the decrypted or verified data.
    public init?(payload: Part) {
        guard payload.contentType.isWellFormed else { return nil }
        let source: [HeaderField]
        if let value = payload.contentType.parameter("hp") {
            switch ASCII.lowercased(value) {
            case "cipher": kind = .cipher
            case "clear": kind = .clear
            default: return nil
            }
            source = payload.headerFields
        } else if let fields = Self.legacyFields(of: payload) {
            kind = .legacy
            source = fields
        } else {
            return nil
        }
        fields = source.filter { !$0.isStructural && !$0.isNamed("HP-Outer") }
        outerFields = source.filter { $0.isNamed("HP-Outer") }.compactMap(Self.outerField)
    }

    /// The first protected field with this name, or nil.
    public func field(named name: String) -> HeaderField? {
        fields.first { $0.isNamed(name) }
    }

    private static func legacyFields(of payload: Part) -> [HeaderField]? {
        if isLegacy(payload), payload.headerFields.contains(where: { !$0.isStructural }) {
            return payload.headerFields
        }
        // The oldest form ("memory hole") puts the fields into the body of the first part.
        guard let first = payload.children.first, isLegacy(first),
            first.contentType.isType("text", "rfc822-headers"),
            let body = try? first.decodedBody(limit: MIMELimits.standard.headerOctets),
            let message = try? Message(body)
        else { return nil }
        return message.root.headerFields
    }

    private static func isLegacy(_ part: Part) -> Bool {
        part.contentType.isWellFormed
            && part.contentType.parameter("protected-headers").map(ASCII.lowercased) == "v1"
    }

    // RFC 9788 §2.2: HP-Outer: Name: value.
    private static func outerField(_ field: HeaderField) -> HeaderField? {
        guard let colon = field.rawValue.firstIndex(of: ASCII.colon) else { return nil }
        let name = String(decoding: field.rawValue[..<colon].trimmingBlanks(), as: UTF8.self)
        guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isVisible) else { return nil }
        return HeaderField(name: name, rawValue: Array(field.rawValue[(colon + 1)...]))
    }
}
