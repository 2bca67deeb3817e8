/// Computes the CRC-24 checksum of armor.
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

    /// The CRC register after these octets, if it starts with the given value.
    static func remainder(of bytes: some Sequence<UInt8>, from start: UInt32) -> UInt32 {
        bytes.reduce(start) { sum, octet in
            (sum << 8 ^ table[Int((sum >> 16 ^ UInt32(octet)) & 0xff)]) & 0xff_ffff
        }
    }

    /// The checksum of two pieces, from a checksum of each.
    ///
    /// A CRC is the remainder of a polynomial: the octets of the second piece shift the first
    /// remainder by their number and add their own. So thousands of copies compute the
    /// checksum of the octets that they share only once.
    ///
    /// - Parameters:
    ///   - first: The checksum of the first piece.
    ///   - second: ``remainder(of:from:)`` of the second piece, from 0.
    ///   - shift: ``shift(octets:)`` of the length of the second piece.
    /// - Returns: The checksum of both pieces together.
    static func combined(_ first: UInt32, _ second: UInt32, shift: UInt32) -> UInt32 {
        product(first, shift) ^ second
    }

    /// The polynomial that shifts a remainder by so many octets: x to the power of 8 times that.
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

    /// The checksum as a line of armor.
    static func line(_ checksum: UInt32) -> [UInt8] {
        let octets: [UInt8] = [
            UInt8(checksum >> 16 & 0xff), UInt8(checksum >> 8 & 0xff), UInt8(checksum & 0xff),
        ]
        return [UInt8(ascii: "=")] + Armor.base64Lines(octets)
    }
}
