/// One line of a message, as offsets into its octets.
struct SourceLine {
    let start: Int
    /// The offset of the line break.
    let contentEnd: Int
    /// The offset of the next line.
    let end: Int
    /// The line break; nil for a last line without one.
    let ending: LineEnding?

    var isEmpty: Bool { contentEnd == start }

    /// Finds the line that starts at an offset, which must be before the end.
    ///
    /// - Throws: ``MIMEError/Reason/bareCarriageReturn``: RFC 5322 §2.3 forbids a bare CR, and
    ///   only some readers end a line there.
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
