import Foundation
import OpenPGP

extension ListKeyring {
    /// A certificate that revokes the list's key when somebody imports it.
    ///
    /// It is armored and should be kept on another host. gpg writes one when it creates a key,
    /// with a colon before the first line so that nobody imports it by accident; the colon is
    /// removed here. For an imported key a certificate is made now.
    ///
    /// - Throws: ``OpenPGPError`` if gpg fails.
    public func revocationCertificate() throws(OpenPGPError) -> [UInt8] {
        let path = "\(home)/openpgp-revocs.d/\(fingerprint).rev"
        if let text = FileManager.default.contents(atPath: path),
            let block = Self.armorBlock(in: Array(text))
        {
            return block
        }
        let output = try directory.generateRevocation(of: fingerprint)
        guard let block = Self.armorBlock(in: output) else {
            throw OpenPGPError(.engineInconsistent, .exportKey)
        }
        return block
    }

    private static func armorBlock(in text: [UInt8]) -> [UInt8]? {
        let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
        let begin = Array("-----BEGIN PGP PUBLIC KEY BLOCK-----".utf8)
        let end = Array("-----END PGP PUBLIC KEY BLOCK-----".utf8)
        guard let last = lines.firstIndex(where: { $0.elementsEqual(end) }),
            let first = lines.firstIndex(where: {
                $0.elementsEqual(begin) || $0.elementsEqual([0x3a] + begin)
            }), first < last
        else { return nil }
        return Array(([begin[...]] + lines[(first + 1)...last]).joined(separator: [0x0a])) + [0x0a]
    }
}

extension GnuPGHome {
    /// Makes gpg write a revocation certificate, and answers its questions.
    fileprivate func generateRevocation(
        of fingerprint: Fingerprint
    ) throws(OpenPGPError) -> [UInt8] {
        try startAgent()
        // Create it? Yes. Reason: none. Description: none. Is this okay? Yes.
        return try GPGMEContext(.exportKey).run(
            [
                engine.program, "--homedir", path, "--no-batch", "--no-tty", "--command-fd", "0",
                "--armor", "--generate-revocation", fingerprint.description,
            ],
            input: Array("y\n0\n\ny\n".utf8)
        )
    }
}
