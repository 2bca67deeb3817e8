import Foundation

/// The base64 transfer encoding.
///
/// It decodes more strictly than RFC 2045 §6.8, which lets readers skip any octet: two
/// decoders that skip different octets would see different messages. Only blanks and line
/// breaks are skipped.
///
/// - SeeAlso: [RFC 4648 §12](https://www.rfc-editor.org/rfc/rfc4648#section-12)
enum Base64 {
    static func decode(_ body: ArraySlice<UInt8>, limit: Int) throws(MIMEError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(body.count / 4 * 3, limit))
        var bits: UInt32 = 0
        var digits = 0
        var padding = 0
        for (offset, octet) in body.enumerated() {
            if ASCII.isBlank(octet) || octet == ASCII.carriageReturn || octet == ASCII.lineFeed {
                continue
            }
            if octet == ASCII.equals {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: octet) else {
                throw MIMEError(.base64Invalid, at: offset)
            }
            bits = bits << 6 | UInt32(value)
            digits += 1
            if digits == 4 {
                guard result.count + 3 <= limit else { throw MIMEError(.bodyTooLarge, at: offset) }
                result.append(UInt8(truncatingIfNeeded: bits >> 16))
                result.append(UInt8(truncatingIfNeeded: bits >> 8))
                result.append(UInt8(truncatingIfNeeded: bits))
                bits = 0
                digits = 0
            }
        }
        try finish(&result, bits: bits, digits: digits, padding: padding, end: body.count)
        guard result.count <= limit else { throw MIMEError(.bodyTooLarge, at: body.count) }
        return result
    }

    /// Encodes octets in lines of 76 digits, each with CRLF.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let options: Data.Base64EncodingOptions = [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        return Array(Data(bytes).base64EncodedData(options: options)) + ASCII.crlf
    }

    // RFC 4648 §3.5: the bits after the last octet must be zero; otherwise several
    // encoded bodies would decode to the same octets.
    private static func finish(
        _ result: inout [UInt8],
        bits: UInt32,
        digits: Int,
        padding: Int,
        end: Int
    ) throws(MIMEError) {
        switch (digits, padding) {
        case (0, 0): break
        case (2, 2) where bits & 0x0f == 0:
            result.append(UInt8(truncatingIfNeeded: bits >> 4))
        case (3, 1) where bits & 0x03 == 0:
            result.append(UInt8(truncatingIfNeeded: bits >> 10))
            result.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: throw MIMEError(.base64Invalid, at: end)
        }
    }

    private static func value(of octet: UInt8) -> UInt8? {
        switch octet {
        case 0x41...0x5a: octet - 0x41
        case 0x61...0x7a: octet - 0x61 + 26
        case 0x30...0x39: octet - 0x30 + 52
        case 0x2b: 62
        case 0x2f: 63
        default: nil
        }
    }
}
