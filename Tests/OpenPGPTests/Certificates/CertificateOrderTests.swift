import TestSupport
import Testing

@testable import OpenPGP

/// Certificates whose packets stand in an order that is not allowed.
@Suite("The order of packets in a certificate") struct CertificateOrderTests {
    private let packets: [(tag: Packet.Tag, bytes: [UInt8])]

    init() throws {
        let bytes = try TestKeyring("anne").publicKey()
        var reader = PacketReader(bytes)
        packets = try reader.all(atMost: 10).map { ($0.tag, Array(bytes[$0.range])) }
        try #require(
            packets.map(\.tag) == [.publicKey, .userID, .signature, .publicSubkey, .signature]
        )
    }

    private func scan(_ order: Int...) throws(PacketError) -> CertificateScan {
        try CertificateScan(order.flatMap { packets[$0].bytes })
    }

    @Test("the order that gpg writes is accepted, also without a subkey")
    func good() throws {
        #expect(try scan(0, 1, 2, 3, 4).subkeys.count == 1)
        #expect(try scan(0, 1, 2).subkeys.isEmpty)
    }

    @Test("a user id after a subkey, a repeated subkey and a missing user id are refused")
    func bad() {
        #expect(throws: PacketError.self) { try scan(0, 3, 4, 1, 2) }
        #expect(throws: PacketError.self) { try scan(0, 1, 2, 3, 4, 3, 4) }
        #expect(throws: PacketError.self) { try scan(0, 3, 4) }
        #expect(throws: PacketError.self) { try scan(1, 2, 3, 4) }
        #expect(throws: PacketError.self) { try scan(0, 1, 2, 3, 4, 0, 1, 2) }
    }
}
