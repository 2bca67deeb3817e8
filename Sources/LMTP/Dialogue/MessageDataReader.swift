import NIOCore

/// Takes a message out of what follows DATA, and finds its end.
///
/// Exactly CRLF, dot, CRLF ends it, and a dot is taken away exactly behind a
/// CRLF. A server that also ends at LF dot LF can be made to read one message
/// as two ("SMTP smuggling"). Every other octet is kept as it came.
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

    private let limit: Int
    // The CRLF of the DATA command is what a first dot stands behind.
    private var position = Position.lineStart
    /// What has come so far, unless it is too much.
    private(set) var bytes: [UInt8] = []
    /// Whether the message is larger than the limit; its end is read all the same.
    private(set) var isTooLarge = false
    private var isDiscarding = false

    /// Starts behind the CRLF of DATA.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes all of the input, or up to and with the final dot.
    ///
    /// - Returns: Whether the message has ended; what is behind it is left.
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

    /// Gives up what was stored; the rest is read and dropped.
    mutating func discard() {
        bytes = []
        isDiscarding = true
    }

    private mutating func store(_ octets: some Collection<UInt8>) {
        guard !isTooLarge, !isDiscarding else { return }
        guard octets.count <= limit - bytes.count else {
            bytes = []
            isTooLarge = true
            return
        }
        bytes.append(contentsOf: octets)
    }
}
