extension Part {
    /// The entity as an MTA that supports only 7bit would forward it.
    ///
    /// Parts that need it are rewritten in quoted-printable or base64; all other octets stay
    /// the same. The parts of a multipart/signed are never rewritten, because their signature
    /// would break. A message/rfc822 part must not be encoded, so it becomes a file of type
    /// message/global, which may be.
    ///
    /// - Returns: Octets in CRLF lines that SMTP allows, or nil if there is no such form.
    /// - Complexity: O(n).
    /// - SeeAlso: [RFC 3156 §3](https://www.rfc-editor.org/rfc/rfc3156#section-3)
    /// - SeeAlso: [RFC 2045 §6.4](https://www.rfc-editor.org/rfc/rfc2045#section-6.4)
    public var sevenBitEntity: [UInt8]? {
        guard lineEnding == .crlf else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        var isRewritten = false
        var pending = [self]
        while let part = pending.popLast() {
            result.append(contentsOf: bytes[position..<part.bytes.startIndex])
            let rewritten = part.rewrittenBody
            if rewritten == nil, !part.hasWideEncoding {
                position = part.bytes.startIndex
            } else {
                isRewritten = true
                part.appendHeader(rewritten?.encoding, to: &result)
                result.append(contentsOf: rewritten?.octets ?? [])
                position = rewritten == nil ? part.body.startIndex : part.body.endIndex
            }
            if !part.contentType.isType("multipart", "signed") {
                pending.append(contentsOf: part.children.reversed())
            }
        }
        result.append(contentsOf: bytes[position...])
        // Headers and the text between parts are never rewritten, so they must be 7bit already.
        guard SevenBit.isCarried(result), !isRewritten || isSame(result) else { return nil }
        return result
    }

    // RFC 2045 §6.2: an MTA may convert a part that declares 8bit, even if it is all ASCII.
    private var hasWideEncoding: Bool {
        guard let encoding = field(named: "Content-Transfer-Encoding") else { return false }
        return !ASCII.equal(encoding.value, "7bit") && TransferEncoding(self) == .identity
    }

    private var rewrittenBody: (encoding: String, octets: [UInt8])? {
        guard children.isEmpty, !contentType.isMultipart, !SevenBit.isSturdy(body),
            let octets = try? decodedBody(limit: body.count)
        else { return nil }
        return contentType.type == "text"
            ? ("quoted-printable", QuotedPrintable.encode(octets))
            : ("base64", Base64.encode(octets))
    }

    private func appendHeader(_ encoding: String?, to result: inout [UInt8]) {
        let becomesFile = encoding != nil && contentType.type == "message"
        for field in headerFields where !field.isNamed("Content-Transfer-Encoding") {
            if becomesFile, field.isNamed("Content-Type") || field.isNamed("Content-Disposition") {
                continue
            }
            result.append(contentsOf: field.name.utf8)
            result.append(ASCII.colon)
            result.append(contentsOf: field.rawValue)
            result.append(contentsOf: ASCII.crlf)
        }
        if becomesFile {
            result.append(contentsOf: Self.fileHeader.utf8)
        }
        if let encoding {
            result.append(contentsOf: "Content-Transfer-Encoding: \(encoding)\r\n".utf8)
        }
        result.append(contentsOf: ASCII.crlf)
    }

    private static let fileHeader =
        "Content-Type: message/global\r\n"
        + "Content-Disposition: attachment; filename=\"message.u8msg\"\r\n"

    // A rewritten line could begin with a delimiter, so the result is parsed again.
    private func isSame(_ octets: [UInt8]) -> Bool {
        guard let other = try? Message(octets).root.selfAndDescendants else { return false }
        let own = selfAndDescendants
        return own.count == other.count
            && zip(own, other).allSatisfy { own, other in
                // A part whose octets did not change needs no comparison of the decoded bodies.
                guard own.children.isEmpty, own.body != other.body else {
                    return own.children.count == other.children.count
                }
                return (try? own.decodedBody(limit: own.body.count))
                    == (try? other.decodedBody(limit: own.body.count))
            }
    }
}

/// Checks whether octets survive transport as 7bit.
///
/// - SeeAlso: [RFC 2045 §2.7](https://www.rfc-editor.org/rfc/rfc2045#section-2.7)
enum SevenBit {
    /// The longest line, in octets without the line break (RFC 5321 §4.5.3.1.6).
    static let maximumLine = 998

    /// Whether octets are ASCII without NUL, in CRLF lines of at most ``maximumLine`` octets.
    static func isCarried(_ octets: some Collection<UInt8>) -> Bool {
        var length = 0
        var previous: UInt8 = 0
        for octet in octets {
            guard octet < 0x80, octet != ASCII.nul,
                (octet == ASCII.lineFeed) == (previous == ASCII.carriageReturn)
            else { return false }
            length = octet == ASCII.lineFeed ? 0 : length + 1
            // The counter includes the CR of the line break.
            guard length <= maximumLine + 1 else { return false }
            previous = octet
        }
        return previous != ASCII.carriageReturn && length <= maximumLine
    }

    /// Whether a signature over these octets survives every MTA (RFC 3156 §3): some MTAs remove
    /// blanks at the end of a line, and some put `>` before `From `.
    static func isSturdy(_ octets: ArraySlice<UInt8>) -> Bool {
        guard isCarried(octets) else { return false }
        var lineStart = octets.startIndex
        for position in octets.indices where octets[position] == ASCII.carriageReturn {
            let line = octets[lineStart..<position]
            if line.last.map(ASCII.isBlank) ?? false || line.starts(with: fromLine) { return false }
            lineStart = min(position + 2, octets.endIndex)
        }
        let last = octets[lineStart...]
        return !(last.last.map(ASCII.isBlank) ?? false) && !last.starts(with: fromLine)
    }

    private static let fromLine = Array("From ".utf8)
}
