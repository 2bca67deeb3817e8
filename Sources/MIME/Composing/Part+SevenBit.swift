extension Part {
    /// The entity as a server that takes nothing but seven bits would pass it on.
    ///
    /// Parts that need it are written in quoted-printable or base64; all else stays octet for
    /// octet. What a multipart/signed has inside cannot be written anew: its signature would
    /// be over something else. A message inside, which must not be encoded, becomes a file.
    ///
    /// - Returns: octets in CRLF, in lines that SMTP allows; nil if that cannot be had.
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
        // Headers, and what stands between parts, are not ours to write anew.
        guard SevenBit.isCarried(result), !isRewritten || isSame(result) else { return nil }
        return result
    }

    // RFC 2045 §6.2: what says 8bit is changed by servers on its way, whatever is in it.
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
        "Content-Type: application/octet-stream\r\n"
        + "Content-Disposition: attachment; filename=\"message.eml\"\r\n"

    // Lines that are broken anew must not begin with a delimiter.
    private func isSame(_ octets: [UInt8]) -> Bool {
        guard let other = try? Message(octets).root.selfAndDescendants else { return false }
        let own = selfAndDescendants
        return own.count == other.count
            && zip(own, other).allSatisfy { own, other in
                // What stands there as it stood is the same.
                guard own.children.isEmpty, own.body != other.body else {
                    return own.children.count == other.children.count
                }
                return (try? own.decodedBody(limit: own.body.count))
                    == (try? other.decodedBody(limit: own.body.count))
            }
    }
}

/// What every hop carries as it is.
///
/// - SeeAlso: [RFC 2045 §2.7](https://www.rfc-editor.org/rfc/rfc2045#section-2.7)
enum SevenBit {
    /// Octets of a line, without its line break (RFC 5321 §4.5.3.1.6).
    static let maximumLine = 998

    /// Whether octets are ASCII without NUL, in lines that end with CRLF and are not too long.
    static func isCarried(_ octets: some Collection<UInt8>) -> Bool {
        var length = 0
        var previous: UInt8 = 0
        for octet in octets {
            guard octet < 0x80, octet != ASCII.nul,
                (octet == ASCII.lineFeed) == (previous == ASCII.carriageReturn)
            else { return false }
            length = octet == ASCII.lineFeed ? 0 : length + 1
            // The CR of its line break is one of them.
            guard length <= maximumLine + 1 else { return false }
            previous = octet
        }
        return previous != ASCII.carriageReturn && length <= maximumLine
    }

    /// Whether a signature over octets holds wherever they go (RFC 3156 §3): some servers take
    /// blanks from the ends of lines, and some put `>` in front of `From `.
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
