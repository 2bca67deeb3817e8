/// The checksum of armor.
///
/// - SeeAlso: [RFC 9580 §6.1.1](https://www.rfc-editor.org/rfc/rfc9580#section-6.1.1)
enum CRC24 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 16) { sum, _ in
            sum & 0x80_0000 == 0 ? sum << 1 : sum << 1 ^ 0x186_4cfb
        } & 0xff_ffff
    }

    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        remainder(of: bytes, from: 0xb7_04ce)
    }

    /// What is left of octets when the register begins with a value.
    static func remainder(of bytes: some Sequence<UInt8>, from start: UInt32) -> UInt32 {
        bytes.reduce(start) { sum, octet in
            (sum << 8 ^ table[Int((sum >> 16 ^ UInt32(octet)) & 0xff)]) & 0xff_ffff
        }
    }

    /// The checksum of a whole, from those of its pieces.
    ///
    /// A checksum is a remainder of a polynomial, so octets that follow shift the
    /// first one's by their number and add their own. That way thousands of
    /// copies share the work on the octets that they share.
    ///
    /// - Parameters:
    ///   - first: Of the first piece.
    ///   - second: ``remainder(of:from:)`` of the second, from 0.
    ///   - shift: ``shift(octets:)`` of the length of the second.
    /// - Returns: the checksum of both.
    static func combined(_ first: UInt32, _ second: UInt32, shift: UInt32) -> UInt32 {
        product(first, shift) ^ second
    }

    /// x to the power of so many octets, modulo the polynomial.
    static func shift(octets: Int) -> UInt32 {
        var result: UInt32 = 1
        var factor: UInt32 = 0x100
        var rest = octets
        while rest > 0 {
            if rest & 1 == 1 { result = product(result, factor) }
            factor = product(factor, factor)
            rest >>= 1
        }
        return result
    }

    private static func product(_ left: UInt32, _ right: UInt32) -> UInt32 {
        var result: UInt32 = 0
        for bit in (0..<24).reversed() {
            result <<= 1
            if result & 0x100_0000 != 0 { result ^= 0x186_4cfb }
            if left >> UInt32(bit) & 1 == 1 { result ^= right }
        }
        return result
    }

    /// The line of armor that says a checksum.
    static func line(_ checksum: UInt32) -> [UInt8] {
        let octets: [UInt8] = [
            UInt8(checksum >> 16 & 0xff), UInt8(checksum >> 8 & 0xff), UInt8(checksum & 0xff),
        ]
        return [UInt8(ascii: "=")] + Armor.base64Lines(octets)
    }
}
