/// The two ways in which lines of a message end, and the border between them.
///
/// SMTP carries CRLF; GnuPG hands out LF for text. What is signed is signed over
/// CRLF (RFC 3156 §5). Going from one to the other is done here, by name, and
/// nowhere in passing: a parser that takes both as it goes finds header fields
/// and delimiters that the next parser does not.
public enum LineEndings {
    /// The octets with each LF made CRLF; a CRLF stays, and so does a bare CR.
    ///
    /// - Complexity: O(n), and at most twice the memory.
    public static func canonical(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 32)
        var previous: UInt8 = 0
        for octet in bytes {
            if octet == ASCII.lineFeed, previous != ASCII.carriageReturn {
                result.append(ASCII.carriageReturn)
            }
            result.append(octet)
            previous = octet
        }
        return result
    }

    /// Whether there is a CRLF.
    static func hasCRLF(_ bytes: some Collection<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for octet in bytes {
            if octet == ASCII.lineFeed, previous == ASCII.carriageReturn { return true }
            previous = octet
        }
        return false
    }
}

/// How the lines of one message end: its first line decides.
public enum LineEnding: Sendable, Hashable {
    /// As on the wire.
    case crlf
    /// As in a Unix file, and out of GnuPG.
    case lf

    /// Octets of one line break.
    var count: Int {
        switch self {
        case .crlf: 2
        case .lf: 1
        }
    }
}
