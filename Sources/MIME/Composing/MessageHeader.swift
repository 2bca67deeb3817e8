/// The header of a message alone, whatever its body is.
///
/// For messages of ours around octets of others: what stands in front can be read though
/// a body of many parts would be over a limit.
public struct MessageHeader: Sendable {
    /// The fields, in order.
    public let fields: [HeaderField]
    /// Where the body begins; the end, if there is none.
    public let bodyStart: Int

    /// Reads up to the first empty line.
    ///
    /// - Throws: ``MIMEError`` for what is malformed, repeated or over a limit.
    /// - Complexity: O(n) in the octets of the header.
    public init(_ bytes: [UInt8], limits: MIMELimits = .standard) throws(MIMEError) {
        var reader = HeaderReader(start: 0, isRoot: true)
        var position = 0
        while position < bytes.count {
            let line = try SourceLine(in: bytes, at: position)
            position = line.end
            if line.isEmpty { break }
            try reader.take(line, in: bytes, limits: limits)
        }
        fields = try reader.finish(in: bytes, limits: limits)
        bodyStart = position
    }

    /// The values of all fields of that name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.isNamed(name) }.map(\.value)
    }

    /// The first field of that name, or nil.
    public func field(named name: String) -> HeaderField? { fields.first { $0.isNamed(name) } }
}
