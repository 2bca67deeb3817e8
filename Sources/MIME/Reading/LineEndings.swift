/// Converts between the two line endings of messages, CRLF and LF.
///
/// SMTP carries CRLF, and GnuPG returns LF for text. A signature covers CRLF (RFC 3156
/// §5). Only this type converts between them: a parser that accepts both everywhere finds
/// header fields and delimiters that the next parser does not find.
public enum LineEndings {
    /// The octets with each bare LF replaced by CRLF; a bare CR stays.
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

    /// Whether the octets contain a CRLF.
    static func hasCRLF(_ bytes: some Collection<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for octet in bytes {
            if octet == ASCII.lineFeed, previous == ASCII.carriageReturn { return true }
            previous = octet
        }
        return false
    }
}

/// The line ending of one message, which its first line decides.
public enum LineEnding: Sendable, Hashable {
    /// CRLF, as SMTP carries it.
    case crlf
    /// LF, as in a Unix file and in the output of GnuPG.
    case lf

    /// The length of one line break in octets.
    var count: Int {
        switch self {
        case .crlf: 2
        case .lf: 1
        }
    }
}
