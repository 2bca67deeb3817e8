package import Foundation
import OpenPGP
import SMTP

/// A key that is looked for: a line `FINGERPRINT ADDRESS KEY`.
package struct WantedKey: Sendable, Encodable, Hashable {
    /// The primary fingerprint.
    package let fingerprint: String
    /// An address whose domain may publish it.
    package let address: String
    /// What is known of the key; in base64 in the line.
    package let key: Data

    /// The line, without its end.
    package var line: String { "\(fingerprint) \(address) \(key.base64EncodedString())" }

    init(fingerprint: String, address: String, key: Data) {
        self.fingerprint = fingerprint
        self.address = address
        self.key = key
    }

    private init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 3, let fingerprint = Fingerprint(hex: String(words[0])),
            let address = EmailAddress(String(words[1])),
            let key = Data(base64Encoded: String(words[2]))
        else { return nil }
        self.init(
            fingerprint: fingerprint.description,
            address: address.description,
            key: key
        )
    }

    /// Reads lines of keys.
    ///
    /// Throws ``ActFailure`` of kind `malformed` if one is something else.
    package static func keys(in text: [UInt8]) throws -> [WantedKey] {
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        let wanted = lines.compactMap { WantedKey(line: $0) }
        guard wanted.count == lines.count else {
            throw ActFailure(
                .malformed,
                "\(lines.count - wanted.count) lines are not 'FINGERPRINT ADDRESS KEY'",
                hint: "give it the lines that 'listseal refresh wanted' prints"
            )
        }
        return wanted
    }
}
