/// The header of a message, read without slicing the body.
///
/// Use it for messages that we wrote around content by others: the header can be read
/// even if the body has more parts than ``MIMELimits`` allows.
public struct MessageHeader: Sendable {
    /// The fields, in order.
    public let fields: [HeaderField]
    /// The offset at which the body begins; the number of octets if there is no body.
    public let bodyStart: Int

    /// Reads up to the first empty line.
    ///
    /// - Throws: ``MIMEError`` if the header is malformed, repeats a field or exceeds a limit.
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

    /// The values of all fields with this name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.isNamed(name) }.map(\.value)
    }

    /// The first field with this name, or nil.
    public func field(named name: String) -> HeaderField? { fields.first { $0.isNamed(name) } }
}
