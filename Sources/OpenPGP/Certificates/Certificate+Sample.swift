import Foundation

extension Certificate {
    /// A good certificate that belongs to nobody.
    ///
    /// It shows that an engine works which failed on another certificate. It also stands in
    /// for the certificate of a person who has none, so that an update costs the same time
    /// for everybody.
    package static let sample: Certificate? = {
        guard let data = Data(base64Encoded: encoded), let scan = try? CertificateScan(Array(data))
        else { return nil }
        return Certificate(
            bytes: Array(data),
            fingerprint: scan.primary.fingerprint,
            allFingerprints: scan.allFingerprints,
            userIDs: scan.userIDs,
            encryptionSubkey: scan.subkeys.first?.fingerprint,
            encryptionExpires: nil
        )
    }()

    // Ed25519 and Curve25519, made by gpg; the secret key was thrown away.
    private static let encoded =
        "mDMEZ3SFgBYJKwYBBAHaRw8BAQdAZQjPLhLAxcBaaVT/8i3paib8o0vEany700GHvmVm1Ii0HnBy"
        + "b2JlIDxwcm9iZUBsaXN0c2VhbC5pbnZhbGlkPoiQBBMWCAA4FiEECB9qrcn/OeDVsDENNGn3HyYG"
        + "L/EFAmd0hYACGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQNGn3HyYGL/HQdwD/ZsHm24EW"
        + "s09bM8t5aaNBIiQf3QDfiOyZCYXC54+logEA/jiah02NYrr3w2fTPXr04Ie4iRrf+vbGvrxbZqLs"
        + "zaIFuDgEZ3SFgBIKKwYBBAGXVQEFAQEHQM0XA3w1DsMGE0k5l/Wp3xlHhdDqsuHd4pXep8RjRMkn"
        + "AwEIB4h4BBgWCAAgFiEECB9qrcn/OeDVsDENNGn3HyYGL/EFAmd0hYACGwwACgkQNGn3HyYGL/EW"
        + "LAEA3/u95NkotKQLYr49TouYlNLet7pr5R14uU/hV1SpsX0A/Aih2wv4Sou+ZssCAMswOF1ftrdN"
        + "Fu+NZ1dOew5WvEAF"
}
