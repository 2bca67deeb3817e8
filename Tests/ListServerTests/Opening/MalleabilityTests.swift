import Foundation
import GnuPG
import MailingList
import OpenPGP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Posts whose signature somebody has changed who does not have its key.
@Suite struct MalleabilityTests {
    private let bench: OpenerBench
    private let nora: TestKeyring

    /// What leaves a signature over P-256 good.
    enum Change: CaseIterable {
        /// The order of the curve minus the second number.
        case negatedNumber
        /// A subpacket in the area that is not hashed.
        case unhashedSubpacket
        /// Octets behind the second number.
        case trailingOctets
    }

    init() throws {
        bench = try OpenerBench()
        nora = try TestKeyring("nora", algorithm: .nistP256)
        try nora.learn(try bench.keys.keyring(of: bench.list).publicKey())
        let key = try nora.publicKey()
        let certificate = try bench.keys.certificates.inspect(key, now: Date()).get()
        _ = try bench.store.addSubscriber(
            StoreSamples.address(nora.address),
            roles: .subscriber,
            certificate: certificate,
            token: try StoreSamples.token(2),
            to: bench.list.id,
            now: OpenerBench.now
        )
    }

    @Test(
        "a signature that was changed and is still good makes the same claim, so it is a replay",
        arguments: Change.allCases
    )
    func replay(change: Change) throws {
        let signature = try nora.sign(entity, detached: true)
        let original = try bench.judge(try post(signature))
        #expect(original.verdict == .accept)
        #expect(original.opened.signatures.claims.count == 1)

        let changed = try Self.changed(signature, by: change)
        #expect(changed != signature)
        let message = try post(changed)
        let copy = try bench.judge(message)
        #expect(copy.verdict == .accept)
        #expect(copy.opened.signatures.claims == original.opened.signatures.claims)

        let store = bench.store
        let fixture = StoreFixture(store: store) { store }
        let first = try fixture.acceptance(
            "1",
            for: bench.list,
            claims: original.opened.signatures.claims
        )
        #expect(try store.commit([first], now: OpenerBench.now) == .committed(copies: [2]))
        #expect(try bench.judge(message).verdict == .refuse(.replay))
        let second = try fixture.acceptance(
            "2",
            for: bench.list,
            claims: copy.opened.signatures.claims
        )
        #expect(try store.commit([second], now: OpenerBench.now) == .replay(index: 0))
    }

    @Test("a signature with another number in it is bad, and claims nothing")
    func otherNumber() throws {
        var signature = try ECDSASignature(try nora.sign(entity, detached: true))
        signature.second[signature.second.count - 1] ^= 1
        let judged = try bench.judge(try post(signature.packet))
        #expect(judged.verdict == .refuse(.invalidSignature))
        #expect(judged.opened.signatures.claims.isEmpty)
    }

    private static func changed(_ packet: [UInt8], by change: Change) throws -> [UInt8] {
        var signature = try ECDSASignature(packet)
        try #require(signature.packet == packet)
        let junk = Array("junk octets".utf8)
        switch change {
        case .negatedNumber: signature.negate()
        // Its length, and a number for private use.
        case .unhashedSubpacket: signature.unhashed += [UInt8(junk.count + 1), 100] + junk
        case .trailingOctets: signature.trailer = junk
        }
        return signature.packet
    }

    private var entity: [UInt8] {
        Array(
            ("Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\r\n"
                + "From: nora <\(nora.address)>\r\nTo: \(OpenerBench.listAddress)\r\n"
                + "Subject: a subject\r\n\r\nWords.\r\n").utf8
        )
    }

    /// A post of hers with this signature, encrypted anew.
    private func post(_ signature: [UInt8]) throws -> [UInt8] {
        let armored = Armor.armor(signature, kind: .signature)
        let head =
            "Content-Type: multipart/signed; boundary=s; micalg=pgp-sha256;\r\n"
            + " protocol=\"application/pgp-signature\"\r\n\r\n--s\r\n"
        let part =
            Array(head.utf8) + entity
            + Array("\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n".utf8)
            + armored + Array("--s--\r\n".utf8)
        let packets = try nora.encrypt(part, to: [OpenerBench.listAddress], signed: false)
        let mail = String(decoding: bench.message(around: packets), as: UTF8.self)
        return Array(mail.replacing(bench.alice.address, with: nora.address).utf8)
    }
}

/// The signature packet of a key over P-256, taken apart.
private struct ECDSASignature {
    /// It is not one, or not as gpg writes it.
    struct Unreadable: Error {}

    // Version, class, algorithms, and the area that is hashed.
    private let hashed: [UInt8]
    var unhashed: [UInt8]
    // Two octets of the digest.
    private let digest: [UInt8]
    private let first: [UInt8]
    var second: [UInt8]
    var trailer: [UInt8] = []

    // FIPS 186-4 §D.1.2.3.
    private static let order: [UInt8] = [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
        0x25, 0x51,
    ]

    init(_ packet: [UInt8]) throws {
        var rest = packet[...]
        let header = try Self.take(2, from: &rest)
        // The older form, with one octet of length.
        guard header == [0x88, UInt8(clamping: rest.count)] else { throw Unreadable() }
        let start = try Self.take(4, from: &rest)
        let length = try Self.take(2, from: &rest)
        let area = try Self.take(Self.number(length), from: &rest)
        hashed = start + length + area
        let otherLength = try Self.take(2, from: &rest)
        unhashed = try Self.take(Self.number(otherLength), from: &rest)
        digest = try Self.take(2, from: &rest)
        first = try Self.integer(from: &rest)
        second = try Self.integer(from: &rest)
        guard rest.isEmpty, second.count <= Self.order.count else { throw Unreadable() }
    }

    var packet: [UInt8] {
        let pieces = [
            hashed, Self.short(unhashed.count), unhashed, digest, Self.integer(first),
            Self.integer(second), trailer,
        ]
        let body = Array(pieces.joined())
        return [0x88, UInt8(clamping: body.count)] + body
    }

    mutating func negate() {
        let zeros = [UInt8](repeating: 0, count: Self.order.count - second.count)
        let subtrahend = zeros + second
        var difference = Self.order
        var borrow = 0
        for index in subtrahend.indices.reversed() {
            let digit = Int(difference[index]) - Int(subtrahend[index]) - borrow
            borrow = digit < 0 ? 1 : 0
            difference[index] = UInt8(truncatingIfNeeded: digit)
        }
        second = difference
    }

    private static func take(
        _ count: Int,
        from rest: inout ArraySlice<UInt8>
    ) throws -> [UInt8] {
        guard rest.count >= count else { throw Unreadable() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private static func integer(from rest: inout ArraySlice<UInt8>) throws -> [UInt8] {
        let bits = number(try take(2, from: &rest))
        return try take((bits + 7) / 8, from: &rest)
    }

    private static func number(_ octets: [UInt8]) -> Int { octets.reduce(0) { $0 << 8 | Int($1) } }

    private static func short(_ number: Int) -> [UInt8] {
        [UInt8(number >> 8 & 0xff), UInt8(number & 0xff)]
    }

    private static func integer(_ octets: [UInt8]) -> [UInt8] {
        let digits = Array(octets.drop { $0 == 0 })
        let zeros = digits.first?.leadingZeroBitCount ?? 0
        return short(digits.count * 8 - zeros) + digits
    }
}
