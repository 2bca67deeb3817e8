import NIOCore

/// Reads a message after DATA, removes dot-stuffing and finds the end.
///
/// Only CRLF, dot, CRLF ends a message, and only a dot after CRLF is removed. If a
/// server also accepts LF dot LF as the end, an attacker can make it read one message
/// as two ("SMTP smuggling"). Every other octet stays unchanged.
///
/// - SeeAlso: [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2)
/// - SeeAlso: [RFC 5321 §2.3.8](https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8)
struct MessageDataReader: Sendable {
    private enum Position: Sendable {
        case lineStart
        case afterDot
        case afterDotAndReturn
        case inLine
        case afterReturn
    }

    /// Octets that are kept of a message that is larger than the limit.
    static let keptOctets = 64 << 10

    private let limit: Int
    // The CRLF of the DATA command counts as the CRLF before the first line.
    private var position = Position.lineStart
    /// The message so far; its beginning if it is larger than the limit, empty if it was
    /// discarded.
    private(set) var bytes: [UInt8] = []
    /// The octets of the whole message so far, also of what is not kept.
    private(set) var size = 0
    /// Whether the message is larger than the limit; the reader still finds its end.
    var isTooLarge: Bool { size > limit }
    private var isDiscarding = false

    /// Starts after the CRLF of DATA; `limit` is the largest message in octets.
    init(limit: Int) {
        self.limit = limit
    }

    /// Reads the input up to the final dot, or all of it if there is none.
    ///
    /// - Returns: Whether the message has ended. Octets after its end stay in the input.
    mutating func read(_ input: inout ByteBuffer) -> Bool {
        let view = input.readableBytesView
        var index = view.startIndex
        while index < view.endIndex {
            let octet = view[index]
            switch position {
            case .lineStart where octet == UInt8(ascii: "."):
                position = .afterDot
                index += 1
            case .afterDot where octet == UInt8(ascii: "\r"):
                position = .afterDotAndReturn
                index += 1
            case .afterDotAndReturn where octet == UInt8(ascii: "\n"):
                input.moveReaderIndex(forwardBy: index + 1 - view.startIndex)
                return true
            case .afterDotAndReturn:
                store(CollectionOfOne(UInt8(ascii: "\r")))
                position = .afterReturn
            case .afterReturn where octet == UInt8(ascii: "\n"):
                store(CollectionOfOne(octet))
                position = .lineStart
                index += 1
            case .lineStart, .afterDot, .inLine, .afterReturn:
                let rest = view[index...]
                if let carriageReturn = rest.firstIndex(of: UInt8(ascii: "\r")) {
                    store(rest[...carriageReturn])
                    position = .afterReturn
                    index = carriageReturn + 1
                } else {
                    store(rest)
                    position = .inLine
                    index = view.endIndex
                }
            }
        }
        input.moveReaderIndex(to: input.writerIndex)
        return false
    }

    /// Drops the message; the reader also drops the rest until its end.
    mutating func discard() {
        bytes = []
        isDiscarding = true
    }

    private mutating func store(_ octets: some Collection<UInt8>) {
        guard !isTooLarge, !isDiscarding else {
            size += octets.count
            return
        }
        size += octets.count
        if isTooLarge {
            // The header is there, for the log. A copy gives back the memory of the rest.
            bytes = Array(bytes.prefix(Self.keptOctets))
        } else {
            bytes.append(contentsOf: octets)
        }
    }
}
