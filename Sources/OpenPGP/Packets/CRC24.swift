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
        bytes.reduce(0xb7_04ce) { sum, octet in
            (sum << 8 ^ table[Int((sum >> 16 ^ UInt32(octet)) & 0xff)]) & 0xff_ffff
        }
    }
}
