/// One line of a message, as offsets.
struct SourceLine {
    let start: Int
    /// Where its line break begins.
    let contentEnd: Int
    /// Where the next line begins.
    let end: Int
    /// Nil for a last line without a line break.
    let ending: LineEnding?

    var isEmpty: Bool { contentEnd == start }

    /// The line that starts at an offset, which must be before the end.
    ///
    /// - Throws: ``MIMEError/Reason/bareCarriageReturn``: some readers end a line
    ///   there and some do not (RFC 5322 §2.3 forbids it).
    init(in source: [UInt8], at start: Int) throws(MIMEError) {
        self.start = start
        var position = start
        while position < source.count {
            let octet = source[position]
            if octet == ASCII.lineFeed {
                contentEnd = position
                end = position + 1
                ending = .lf
                return
            }
            if octet == ASCII.carriageReturn {
                guard position + 1 < source.count, source[position + 1] == ASCII.lineFeed else {
                    throw MIMEError(.bareCarriageReturn, at: position)
                }
                contentEnd = position
                end = position + 2
                ending = .crlf
                return
            }
            position += 1
        }
        contentEnd = position
        end = position
        ending = nil
    }
}
