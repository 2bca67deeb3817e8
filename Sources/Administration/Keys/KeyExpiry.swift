package import Foundation
import GnuPG
import ListServer
package import MailingList
import OpenPGP
import SMTP

/// The end of a list's key after it was changed.
package struct RenewedKey: Sendable, Hashable, Encodable {
    /// The posting address.
    package let address: String
    /// The primary fingerprint, which stays the same.
    package let fingerprint: String
    /// When the key ends; nil if it does not.
    package let expires: Date?
}

extension ListHost {
    /// Lets a list's key end so many days from now, or never if `days` is nil.
    ///
    /// Throws what the engine throws.
    package func renewKey(of list: MailingList, days: Int?) throws -> ActResult<RenewedKey> {
        let keyring = keys.keyring(of: list)
        let now = clock()
        try keyring.setExpiry(days.map { now.addingTimeInterval(days: $0) }, now: now)
        return ActResult(
            RenewedKey(
                address: list.address.description,
                fingerprint: list.fingerprint.description,
                expires: try keyring.expires()
            )
        )
    }

    /// Returns the public key of a list, with the certifications that are published with it.
    ///
    /// Throws what the engine and the store throw.
    package func exportKey(of list: MailingList, armored: Bool) throws -> [UInt8] {
        let key = try Certification.add(
            store.certifications(of: list.id),
            to: keys.keyring(of: list).publicKey()
        )
        return armored ? Armor.armor(key, kind: .publicKey) : key
    }
}

extension Date {
    /// The time so many days of 86,400 seconds later.
    func addingTimeInterval(days: Int) -> Date {
        addingTimeInterval(TimeInterval(days) * 86_400)
    }
}
