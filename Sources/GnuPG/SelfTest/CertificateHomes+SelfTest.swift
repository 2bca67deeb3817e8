import Foundation
import OpenPGP

extension CertificateHomes {
    /// Verifies a signature that is known to be good, in a home like those of subscribers.
    ///
    /// Call it before a message or a key is refused for what gpg says of it. It blocks the
    /// thread while a test runs; ``SelfTestSchedule`` bounds how often that is.
    ///
    /// - Throws: ``OpenPGPError`` if gpg does not verify it: then what gpg says of other messages
    ///   is our failure, not their authors'.
    public func check() throws(OpenPGPError) {
        try selfTests.check { () throws(OpenPGPError) in
            let result = try verify(
                message: KnownSignature.message,
                by: KnownSignature.certificate,
                limit: KnownSignature.limit
            )
            guard case .success(let verified) = result, verified.signatures.count == 1,
                verified.signatures.allSatisfy({ $0.outcome == .good }),
                verified.plaintext == Array(KnownSignature.text.utf8)
            else { throw OpenPGPError(.selfTestFailed, .selfTest) }
        }
    }
}

/// A signed message whose key nobody has: the key was made for it, and deleted.
///
/// The key, Ed25519, and the signature, with SHA-256, are of 1 January 2020 and never expire.
private enum KnownSignature {
    static let text = "Listseal self-test"
    static let limit = 1024

    static let message = octets(
        """
        kA0DAAgW6gbDh81yGkgBrBliAXReC+E8TGlzdHNlYWwgc2VsZi10ZXN0iHUEABYIAB0WIQSBucyp\
        fElviQmOZbfqBsOHzXIaSAUCXgvhPAAKCRDqBsOHzXIaSDu8AP4zJCcRu2Lr8US5s23h89AO0Na+\
        7yOzsjkUxFGilf/+1gEA2b5sHpvXKjoVrp4NCNuEjb3d2YJDmGnWQi/80wrrQQ8=
        """
    )

    static let certificate = Fingerprint(hex: "81B9CCA97C496F89098E65B7EA06C387CD721A48")
        .map { fingerprint in
            Certificate(
                bytes: octets(
                    """
                    mDMEXgvhABYJKwYBBAHaRw8BAQdAcy6kqiyCSSLqI8CtZI2YInMXJKAJxX1XZsEVPFmY4Zu0CXNl\
                    bGYtdGVzdIiQBBMWCAA4FiEEgbnMqXxJb4kJjmW36gbDh81yGkgFAl4L4QACGwMFCwkIBwIGFQoJ\
                    CAsCBBYCAwECHgECF4AACgkQ6gbDh81yGkhrrAEA+8KDz6dH8Ps99RE58iqoh7WNgf0CJ4vxG3Ka\
                    NCJg0jUA/RwmuLrHtBSK8SapIDGNqkKWHqMJWn5MF3Zb3bQsu9AG
                    """
                ),
                fingerprint: fingerprint,
                allFingerprints: [fingerprint],
                userIDs: ["self-test"],
                encryptionSubkey: nil,
                encryptionExpires: nil
            )
        }

    private static func octets(_ base64: String) -> [UInt8] {
        Data(base64Encoded: base64).map(Array.init) ?? []
    }
}
