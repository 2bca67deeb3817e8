public import Foundation
public import MailingList
public import OpenPGP
public import SMTP
import Testing

/// Values for tests of stores: small, different from each other by a number.
///
/// A store never looks into a certificate or a sealed post, so these hold no
/// real key material.
public enum StoreSamples {
    /// When the tests begin, on a whole second.
    public static let start = Date(timeIntervalSince1970: 1_700_000_000)

    /// A time so many seconds after the start.
    public static func time(_ seconds: Int) -> Date {
        start.addingTimeInterval(TimeInterval(seconds))
    }

    /// An address, or a failure of the test.
    public static func address(_ text: String) throws -> EmailAddress {
        try #require(EmailAddress(text))
    }

    /// The fingerprint of a number.
    public static func fingerprint(_ number: Int) throws -> Fingerprint {
        let hex = String(number, radix: 16)
        return try #require(
            Fingerprint(hex: String(repeating: "0", count: 40 - hex.count) + hex)
        )
    }

    /// A certificate with a primary key and one subkey of its own.
    ///
    /// Its fingerprints are 1000 × number and the one after it; with `stealing`
    /// its subkey is that of another number's certificate.
    public static func certificate(
        _ number: Int,
        stealing other: Int? = nil,
        claiming claimed: Int? = nil,
        canEncrypt: Bool = true,
        expires: Date? = nil
    ) throws -> Certificate {
        let primary = try fingerprint(1000 * number)
        let subkey = try fingerprint(1000 * (other ?? number) + 1)
        return Certificate(
            bytes: [0x99] + Array("certificate \(number)".utf8),
            fingerprint: primary,
            allFingerprints: [primary, subkey]
                + (try claimed.map { try [fingerprint(1000 * $0), fingerprint(1000 * $0 + 1)] }
                    ?? []),
            userIDs: ["Person \(number) <person\(number)@example.org>", "\"Zoë\"\n"],
            encryptionSubkey: canEncrypt ? subkey : nil,
            encryptionExpires: expires
        )
    }

    /// The token of a number.
    public static func token(_ number: Int) throws -> AddressToken {
        var generator = Counter(state: UInt64(number))
        return AddressToken.random(using: &generator)
    }

    /// A sealed post; the identifier makes it unique.
    public static func post(
        _ identifier: String,
        kind: SealedPost.Kind = .post,
        octets: Int = 100,
        date: Date = start
    ) -> SealedPost {
        SealedPost(
            identifier: identifier,
            kind: kind,
            messageID: "<\(identifier)@lists.example>",
            date: date,
            loops: ["other.lists.example", "a \"quoted\" one"],
            bytes: kind == .summons ? [] : Array(repeating: 0xd2, count: octets)
        )
    }

    /// That a copy came back.
    public static func bounce(_ kind: Bounce.Kind = .hard) -> Bounce {
        Bounce(kind: kind, status: EnhancedStatusCode(5, 1, 1), detail: "no such user")
    }

    /// The receipt of a message for a role.
    public static func receipt(
        _ list: MailingList,
        _ message: String,
        role: ListRole = .posting
    ) -> Receipt {
        Receipt(list: list, role: role, messageID: "<\(message)>", body: Array(message.utf8))
    }

    /// The claim of a signature of a message.
    public static func claim(
        _ list: MailingList,
        _ message: String,
        signed: Date = start
    ) throws -> SignatureClaim {
        SignatureClaim(
            list: list,
            primary: try fingerprint(1),
            signed: signed,
            content: Array(message.utf8)
        )
    }

    // SplitMix64: a number is always the same token.
    private struct Counter: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return value ^ (value >> 31)
        }
    }
}
