import TestSupport
import Testing

@testable import OpenPGP

@Suite("The ciphertext of a message") struct CiphertextTests {
    @Test("the ciphertext is the same for any partial lengths of the packet")
    func pieces() throws {
        let ring = try TestKeyring("carol")
        let text = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let packets = try ring.encrypt(
            text,
            to: [ring.address],
            signed: false,
            options: ["-z", "0"]
        )
        let scan = try EncryptedMessageScan(packets)
        let whole = scan.ciphertext(in: packets)
        try #require(whole.first == 1 && whole.count > 1024)
        let head = packets[..<scan.encryptedRange.lowerBound]
        // RFC 9580 §4.2.1: pieces of 512 and 512 octets, and the rest with its length.
        let rest = whole.count - 1024
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rest >> $0) }
        let changed: [UInt8] =
            head + [0xd2, 0xe9] + whole[..<512] + [0xe9] + whole[512..<1024] + [0xff] + length
            + whole[1024...]
        #expect(changed != packets)
        #expect(try EncryptedMessageScan(changed).ciphertext(in: changed) == whole)
    }
}
