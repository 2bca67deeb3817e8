import MIME

/// What leaves in clear, taken out of what the list has sealed.
///
/// Found by the boundary that was drawn for it, which nobody can have foreseen: what an
/// author has put inside cannot be in the way.
struct CleartextCopy: Sendable {
    /// Fields that stand outside as they stand inside: there is nothing to hide in them.
    ///
    /// Programs that do not know RFC 9788 find the name, the thread and where to answer.
    private static let names = ["From", "Subject", "Reply-To", "In-Reply-To", "References"]
    /// Octets of one of them: Postfix cuts a header at 102,400.
    private static let maximumField = 8000
    /// Characters of Subject.
    private static let maximumSubject = 500

    /// The fields.
    let fields: [Entity.Field]
    /// The multipart/signed, in the list's name.
    let entity: [UInt8]

    private let before: ArraySlice<UInt8>
    private let after: ArraySlice<UInt8>

    /// Reads what was opened; nil if it was not sealed to leave so.
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

    /// Header fields with these in the place of those of the same name.
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

    // RFC 2046 §5.1.1: the line break in front of a delimiter is the delimiter's.
    private static func parts(of bytes: [UInt8], _ header: MessageHeader) -> [Range<Int>]? {
        guard let type = header.field(named: "Content-Type").flatMap({ ContentType($0.value) }),
            type.isMultipart, let boundary = type.parameter("boundary")
        else { return nil }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The empty line's own break stands in front of the first.
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
