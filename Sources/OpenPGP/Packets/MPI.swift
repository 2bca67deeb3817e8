/// Encodes and decodes multiprecision integers: the length in bits, then the octets.
///
/// - SeeAlso: [RFC 9580 §3.2](https://www.rfc-editor.org/rfc/rfc9580#section-3.2)
enum MPI {
    static func encode(_ octets: some Collection<UInt8>) -> [UInt8] {
        let bits = bits(of: octets)
        return [UInt8(bits >> 8 & 0xff), UInt8(bits & 0xff)] + octets.drop { $0 == 0 }
    }

    /// The number of bits of an integer, without leading zero bits.
    static func bits(of octets: some Collection<UInt8>) -> Int {
        let significant = octets.drop { $0 == 0 }
        return significant.first.map { significant.count * 8 - $0.leadingZeroBitCount } ?? 0
    }

    /// Removes one integer from the front, or returns nil and removes nothing.
    static func decode(_ octets: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard octets.count >= 2 else { return nil }
        let bits = octets.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        let count = (bits + 7) / 8
        guard octets.count >= 2 + count else { return nil }
        let number = octets.dropFirst(2).prefix(count)
        octets = octets.dropFirst(2 + count)
        return number
    }
}
