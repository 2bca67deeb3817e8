import OpenPGP
import SMTP

/// What must hold of the people with whom a list is made.
enum NewListRule {
    /// Throws ``ListStoreError/keyInUse`` if two addresses share a key: two owners with one
    /// key could sign for each other.
    static func check(_ owners: [NewSubscriber]) throws {
        var holders: [Fingerprint: String] = [:]
        for owner in owners {
            for key in owner.certificate?.provenFingerprints ?? [] {
                let holder = holders.updateValue(owner.address.key, forKey: key)
                guard holder == nil || holder == owner.address.key else {
                    throw ListStoreError.keyInUse
                }
            }
        }
    }
}
