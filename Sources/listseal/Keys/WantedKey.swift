import Foundation
import OpenPGP
import SMTP

/// A key that is looked for: a line `FINGERPRINT ADDRESS KEY`.
struct WantedKey: Encodable, Hashable {
    let fingerprint: String
    let address: String
    /// What is known of it.
    let key: Data

    var line: String { "\(fingerprint) \(address) \(key.base64EncodedString())" }

    init(fingerprint: String, address: String, key: Data) {
        self.fingerprint = fingerprint
        self.address = address
        self.key = key
    }

    /// Reads a line; nil if it is none.
    init?(line: some StringProtocol) {
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
}
