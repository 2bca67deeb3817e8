import MIME

/// The part of a sealed message that is sent in clear.
///
/// It is found by a random boundary. An author cannot predict the boundary, so the
/// content of a post cannot imitate it.
struct CleartextCopy: Sendable {
    /// The fields that the outer header of a cleartext copy repeats.
    ///
    /// Mail programs without RFC 9788 find the name, the thread and the reply address there.
    private static let names = ["From", "Subject", "Reply-To", "In-Reply-To", "References"]
    /// The longest field in octets: Postfix cuts a header at 102,400.
    private static let maximumField = 8000
    /// The most characters of Subject.
    private static let maximumSubject = 500

    /// The fields for the outer header.
    let fields: [Entity.Field]
    /// The multipart/signed entity, signed by the list.
    let entity: [UInt8]

    private let before: ArraySlice<UInt8>
    private let after: ArraySlice<UInt8>

    /// Reads an opened message; nil if it was not sealed as a cleartext copy.
    init?(in plaintext: [UInt8]) {
        let bytes = LineEndings.canonical(plaintext)
        guard let header = try? MessageHeader(bytes, limits: .sealed),
            let range = Self.onlyPart(of: bytes, header)
        else { return nil }
        fields = Self.names.compactMap { name in
            header.field(named: name).flatMap { field in
                if name == "Subject" {
                    return Entity.Field(
                        name,
                        String(field.decodedValue.prefix(Self.maximumSubject))
                    )
                }
                return field.rawValue.count > Self.maximumField
                    ? nil : Entity.Field(name, structured: field.value)
            }
        }
        entity = Array(bytes[range])
        before = bytes[..<range.lowerBound]
        after = bytes[range.upperBound...]
    }

    /// Replaces outer fields by the fields of the same name, and adds the others.
    func replacing(_ outer: [Entity.Field]) -> [Entity.Field] {
        outer.map { field in fields.first { $0.name == field.name } ?? field }
            + fields.filter { field in !outer.contains { $0.name == field.name } }
    }

    /// The plaintext with another signature over the same octets; nil if there was none.
    func resigned(by sign: ([UInt8]) throws -> [UInt8]) throws -> [UInt8]? {
        guard let header = try? MessageHeader(entity, limits: .sealed),
            let signed = Self.parts(of: entity, header)?.first
        else { return nil }
        let content = Array(entity[signed])
        var random = SystemRandomNumberGenerator()
        let fresh = PGPMIME.signedEntity(
            content,
            signature: try sign(content),
            boundary: Boundary.random(using: &random)
        )
        return before + fresh.serialized() + after
    }

    private static func onlyPart(of bytes: [UInt8], _ header: MessageHeader) -> Range<Int>? {
        guard let parts = parts(of: bytes, header), parts.count == 1 else { return nil }
        return parts.first
    }

    // RFC 2046 §5.1.1: the line break before a delimiter belongs to the delimiter.
    private static func parts(of bytes: [UInt8], _ header: MessageHeader) -> [Range<Int>]? {
        guard let type = header.field(named: "Content-Type").flatMap({ ContentType($0.value) }),
            type.isMultipart, let boundary = type.parameter("boundary")
        else { return nil }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The line break of the empty line comes before the first delimiter.
        var position = max(0, header.bodyStart - 2)
        var parts: [Range<Int>] = []
        var start: Int?
        while let found = range(of: delimiter, in: bytes[position...]) {
            if let start { parts.append(start..<found.lowerBound) }
            position = found.upperBound
            guard bytes[position...].starts(with: "\r\n".utf8) else {
                return bytes[position...].starts(with: "--".utf8) ? parts : nil
            }
            start = position + 2
        }
        return nil
    }

    private static func range(
        of delimiter: [UInt8],
        in bytes: ArraySlice<UInt8>
    ) -> Range<Int>? {
        var rest = bytes
        while let start = rest.firstIndex(of: delimiter[0]) {
            rest = rest[start...]
            if rest.starts(with: delimiter) { return start..<start + delimiter.count }
            rest = rest.dropFirst()
        }
        return nil
    }
}
