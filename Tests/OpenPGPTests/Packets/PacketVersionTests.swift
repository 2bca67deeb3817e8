import Testing

@testable import OpenPGP

/// Packet versions and types that are not supported, written octet by octet.
@Suite("Packet versions and types") struct PacketVersionTests {
    private static let literal = packet(.literal, [0x62, 0, 0, 0, 0, 0] + Array("text".utf8))
    private static let name = packet(.userID, Array("anne <anne@people.test>".utf8))
    private static let certificate: [[UInt8]] = [
        key(4), name, signature(4), key(4, number: 1, .publicSubkey), signature(4),
    ]

    private static func packet(_ tag: Packet.Tag, _ body: [UInt8]) -> [UInt8] {
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) }
        return [0xc0 | tag.rawValue, 0xff] + length + body
    }

    /// Octets that no scan reads.
    private static func filler(_ count: Int) -> [UInt8] { [UInt8](repeating: 7, count: count) }

    private static func sessionKey(_ version: UInt8) -> [UInt8] {
        // RFC 9580 §5.1: a key id, or a length, a version and a fingerprint.
        let recipient: [UInt8] = version == 6 ? [33, 6] + filler(32) : filler(8)
        return packet(.sessionKey, [version] + recipient + [18] + filler(40))
    }

    private static func encrypted(_ version: UInt8) -> [UInt8] {
        // RFC 9580 §5.13.2: cipher, mode, chunk size and salt come first.
        let head: [UInt8] = version == 2 ? [2, 9, 2, 6] + filler(32) : [version]
        return packet(.encrypted, head + filler(60))
    }

    private static func authenticated(_ version: UInt8) -> [UInt8] {
        packet(.authenticated, [version, 9, 2, 10] + filler(60))
    }

    private static func signature(_ version: UInt8) -> [UInt8] {
        // RFC 9580 §5.2.3: the lengths of the two areas, here empty, are longer in version 6.
        let areas = [UInt8](repeating: 0, count: version == 6 ? 8 : 4)
        return packet(.signature, [version, 0, 22, 8] + areas + filler(70))
    }

    private static func onePass(_ version: UInt8) -> [UInt8] {
        // RFC 9580 §5.4: a key id; in version 6 a salt with its length, and a fingerprint.
        let signer: [UInt8] = version == 6 ? [16] + filler(48) : filler(8)
        return packet(.onePassSignature, [version, 0, 8, 22] + signer + [1])
    }

    private static func key(
        _ version: UInt8,
        number: UInt8 = 0,
        _ tag: Packet.Tag = .publicKey
    ) -> [UInt8] {
        // RFC 9580 §5.5.2: version 3 has days of validity; versions 5 and 6 have a length.
        let rest: [UInt8] =
            switch version {
            case 3: [0, 0, 1]
            case 4: [22]
            default: [27, 0, 0, 0, 40]
            }
        return packet(tag, [version, 0, 0, 0, number] + rest + filler(40))
    }

    @Test(
        "a session key of another version is refused, first or second",
        arguments: [2, 4, 6] as [UInt8]
    )
    func sessionKeys(version: UInt8) {
        for front in [[], Self.sessionKey(3)] as [[UInt8]] {
            let bytes = front + Self.sessionKey(version) + Self.encrypted(version == 6 ? 2 : 1)
            let error = #expect(throws: PacketError.self) { try EncryptedMessageScan(bytes) }
            #expect(error?.reason == .unsupportedVersion)
            #expect(error?.offset == front.count)
        }
    }

    @Test("ciphertext of another version is refused")
    func ciphertext() {
        let foreign = [
            Self.encrypted(0), Self.encrypted(2), Self.authenticated(0), Self.authenticated(2),
        ]
        let front = Self.sessionKey(3)
        for packet in foreign {
            let bytes = front + packet
            let error = #expect(throws: PacketError.self) { try EncryptedMessageScan(bytes) }
            #expect(error?.reason == .unsupportedVersion)
            #expect(error?.offset == front.count)
        }
    }

    @Test("the AEAD packet of GnuPG 2.3 is recognized")
    func authenticatedPacket() throws {
        let front = Self.sessionKey(3)
        let bytes = front + Self.authenticated(1)
        let scan = try EncryptedMessageScan(bytes)
        #expect(scan.kind == .authenticated)
        #expect(scan.encryptedRange == front.count..<bytes.count)
        #expect(scan.recipients == [KeyID(rawValue: 0x0707_0707_0707_0707)])
        #expect(try EncryptedMessageScan(front + Self.encrypted(1)).kind == .integrityProtected)
    }

    @Test("a one-pass signature of version 6 is refused, with any length")
    func announcement() throws {
        let good = Self.onePass(3) + Self.literal + Self.signature(4)
        #expect(try SignedMessageScan(good).kind == .signed)
        let short = Self.packet(.onePassSignature, [6, 0, 8, 22] + Self.filler(8) + [1])
        for front in [Self.onePass(6), short] {
            for version: UInt8 in [4, 6] {
                let bytes = front + Self.literal + Self.signature(version)
                let error = #expect(throws: PacketError.self) { try SignedMessageScan(bytes) }
                #expect(error?.reason == .unsupportedVersion)
            }
        }
    }

    @Test(
        "a signature of another version is refused, alone or with a good one",
        arguments: [3, 5, 6] as [UInt8]
    )
    func signatures(version: UInt8) throws {
        let foreign = Self.signature(version)
        let good = try AttackFileTests.file("sigs/a.sig")
        #expect(try DetachedSignatureScan(good).signatureCount == 1)
        for bytes in [foreign, good + foreign, foreign + good] {
            let detached = #expect(throws: PacketError.self) { try DetachedSignatureScan(bytes) }
            #expect(detached?.reason == .unsupportedVersion)
            let message = bytes + Self.literal
            let inside = #expect(throws: PacketError.self) { try SignedMessageScan(message) }
            #expect(inside?.reason == .unsupportedVersion)
        }
    }

    @Test(
        "a text with a signature that is not over a document is refused",
        arguments: [
            "eve-cert.sig", "eve-standalone.sig", "eve-timestamp.sig", "eve-keyrev.sig",
            "eve-direct.sig", "eve-thirdparty.sig",
        ]
    )
    func signatureClass(file: String) throws {
        let signature = try AttackFileTests.file("sigs/" + file)
        let bytes = signature + Self.literal
        let announced = Self.onePass(3) + Self.literal + signature
        for message in [bytes, announced, Self.packet(.compressed, [0] + bytes)] {
            let error = #expect(throws: PacketError.self) {
                try UnwrappedMessage(message, limit: 1 << 20)
            }
            #expect(error?.reason == .signatureClass)
        }
        let good = try AttackFileTests.file("sigs/eve-binary.sig") + Self.literal
        #expect(try UnwrappedMessage(good, limit: 1 << 20).scan.kind == .signed)
    }

    @Test(
        "a key of another version is refused, primary or subkey",
        arguments: [2, 3, 5, 6] as [UInt8]
    )
    func keys(version: UInt8) throws {
        #expect(try CertificateScan(Array(Self.certificate.joined())).subkeys.count == 1)
        let places: [(Int, Packet.Tag)] = [(0, .publicKey), (3, .publicSubkey)]
        for (index, tag) in places {
            var packets = Self.certificate
            packets[index] = Self.key(version, tag)
            let bytes = Array(packets.joined())
            let error = #expect(throws: PacketError.self) { try CertificateScan(bytes) }
            #expect(error?.reason == .unsupportedVersion)
        }
    }

    @Test(
        "a certificate with a marker, trust, photo or padding packet is refused",
        arguments: [10, 12, 17, 21] as [UInt8]
    )
    func strangePackets(tag: UInt8) {
        for index in 1...Self.certificate.count {
            let front = Array(Self.certificate.prefix(index).joined())
            let rest = Array(Self.certificate.dropFirst(index).joined())
            let bytes = front + Self.packet(Packet.Tag(rawValue: tag), Self.filler(20)) + rest
            let error = #expect(throws: PacketError.self) { try CertificateScan(bytes) }
            #expect(error?.reason == .unexpectedPacket)
            #expect(error?.offset == front.count)
        }
    }

    @Test("sixteen user ids and subkeys are accepted, and one more of either is refused")
    func counts() throws {
        func bytes(names: Int, subkeys: Int) -> [UInt8] {
            let keys = (0..<subkeys).map { Self.key(4, number: UInt8($0 + 1), .publicSubkey) }
            let packets = [Self.key(4)] + Array(repeating: Self.name, count: names) + keys
            return Array(packets.joined())
        }
        let scan = try CertificateScan(bytes(names: 16, subkeys: 16))
        #expect(scan.userIDs.count == 16 && scan.subkeys.count == 16)
        for (names, subkeys) in [(17, 0), (17, 16), (1, 17), (16, 17)] {
            let many = bytes(names: names, subkeys: subkeys)
            let error = #expect(throws: PacketError.self) { try CertificateScan(many) }
            #expect(error?.reason == .tooMany)
        }
    }
}
