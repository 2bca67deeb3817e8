/// The header fields that lie inside the encryption or the signature.
///
/// Read from the root of the cryptographic payload and nowhere else: a part that
/// calls itself protected deeper inside is anybody's quotation. With ``Kind/cipher``
/// and ``Kind/clear`` these fields replace the outer ones, all of them (RFC 9788
/// §4.2). With ``Kind/legacy`` only the Subject is meant to be shown; the others are
/// as well signed and are good for comparison.
///
/// - SeeAlso: [RFC 9788 §2](https://www.rfc-editor.org/rfc/rfc9788#section-2)
public struct ProtectedHeader: Sendable {
    /// How the payload says that its header counts.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// `hp="cipher"`: composed for encryption; some fields are hidden outside.
        case cipher
        /// `hp="clear"`: composed for signing only.
        case clear
        /// `protected-headers="v1"`: before the RFC, as Thunderbird still writes.
        case legacy
    }

    /// The protected fields, without those that describe the body.
    public let fields: [HeaderField]
    /// What the sender put outside, by `HP-Outer`, as it was when it left.
    public let outerFields: [HeaderField]
    /// How the payload says so.
    public let kind: Kind

    /// Reads them; nil if the payload does not protect its header.
    ///
    /// - Parameter payload: The root part of what was decrypted or verified.
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

    /// The first protected field of that name, or nil.
    public func field(named name: String) -> HeaderField? {
        fields.first { $0.isNamed(name) }
    }

    private static func legacyFields(of payload: Part) -> [HeaderField]? {
        if isLegacy(payload), payload.headerFields.contains(where: { !$0.isStructural }) {
            return payload.headerFields
        }
        // The oldest form ("memory hole"): the fields are the body of a first part.
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
