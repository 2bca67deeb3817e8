/// What a milter has answered, as the MTA reads it.
public enum MTAAnswer: Sendable, Hashable {
    /// Go on.
    case `continue`
    /// Take it, and tell no more.
    case accept
    /// Take it, and drop it.
    case discard
    /// 5xx with the MTA's text.
    case reject
    /// 4xx with the MTA's text.
    case temporaryFailure
    /// No more of this kind.
    case skip
    /// A reply of the milter's own, lines ended by CRLF.
    case reply(String)

    init(_ packet: MilterSocket.Packet) throws {
        var reader = MilterPacketReader(packet.payload)
        self =
            switch packet.command {
            case "c": .continue
            case "a": .accept
            case "d": .discard
            case "r": .reject
            case "t": .temporaryFailure
            case "s": .skip
            case "y": .reply(try reader.text())
            default: throw MilterSocket.Failure.unexpected(packet.command)
            }
    }
}

/// Reads what a milter sends, piece by piece.
struct MilterPacketReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8]) {
        rest = octets[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() throws -> UInt32 {
        guard rest.count >= 4 else { throw MilterSocket.Failure.truncated }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func text() throws -> String {
        guard let end = rest.firstIndex(of: 0) else { throw MilterSocket.Failure.truncated }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
