import Foundation
import Testing

@testable import MIME

/// Bodies that are exactly one cleartext signature, and others that are refused.
@Suite("Cleartext signatures") struct ClearSignedTests {
    private static let head = "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n"
    private static let tail =
        "-----BEGIN PGP SIGNATURE-----\r\n\r\nAAAA\r\n-----END PGP SIGNATURE-----\r\n"

    private func read(_ body: String, type: String = "text/plain") throws -> ClearSigned? {
        let message = "From: a@b.test\r\nContent-Type: \(type)\r\n\r\n\(body)"
        return ClearSigned(try Message(Array(message.utf8)).root, limit: 1 << 20)
    }

    @Test(
        "the signed octets are rebuilt as the signer hashed them",
        arguments: [
            ("one\r\ntwo\r\n", "one\r\ntwo"), ("one  \t\r\ntwo \r\n", "one\r\ntwo"),
            ("- -- \r\nname\r\n", "--\r\nname"), ("- From x\r\n", "From x"), ("\r\n\r\n", "\r\n"),
            ("one\r\n\r\n", "one\r\n"), ("", ""),
        ]
    )
    func signed(text: String, octets: String) throws {
        let found = try #require(try read(Self.head + text + Self.tail))
        #expect(String(decoding: found.signedBytes, as: UTF8.self) == octets)
        #expect(String(decoding: found.signature, as: UTF8.self).hasPrefix(Self.tail))
    }

    @Test(
        "a body that is not exactly one signed block is refused",
        arguments: [
            "before\r\n" + head + "text\r\n" + tail,
            "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\ntext\r\n" + tail,
            "-----BEGIN PGP SIGNED MESSAGE-----\r\nCharset: utf-8\r\n\r\ntext\r\n" + tail,
            "-----BEGIN PGP SIGNED MESSAGE-----\r\nNotDashEscaped: x\r\n\r\ntext\r\n" + tail,
            "-----BEGIN PGP SIGNED MESSAGE----- \r\nHash: SHA256\r\n\r\ntext\r\n" + tail,
            "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n \r\ntext\r\n" + tail,
            head + "-not escaped\r\n" + tail, head + "a\u{0}b\r\n" + tail,
            head + "a\u{c}b\r\n" + tail, head + "a\u{7f}b\r\n" + tail,
            head + String(repeating: "x", count: 19_001) + "\r\n" + tail, head + "text\r\n",
            // A second block is inside the first.
            head + head + "text\r\n" + tail,
        ]
    )
    func refused(body: String) throws {
        #expect(try read(body) == nil)
    }

    @Test("HTML and a part of a multipart are not read as a signed text")
    func types() throws {
        #expect(try read(Self.head + "text\r\n" + Self.tail, type: "text/html") == nil)
        #expect(
            try read(
                "--b\r\n\r\n" + Self.head + "text\r\n" + Self.tail + "--b--\r\n",
                type: "multipart/mixed; boundary=b"
            ) == nil
        )
    }
}
