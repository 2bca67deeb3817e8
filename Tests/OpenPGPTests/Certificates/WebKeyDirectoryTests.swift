import Foundation
import TestSupport
import Testing

@testable import OpenPGP

@Suite("The Web Key Directory") struct WebKeyDirectoryTests {
    @Test(
        "the file name is the one that gpg requests",
        arguments: ["team", "Team.Request", "a", "x-y_z=1", "joe.doe"]
    )
    func name(localPart: String) throws {
        let keyring = try TestKeyring(localPart)
        let listing = String(
            decoding: try keyring.gpg(["--with-wkd-hash", "--list-keys"]),
            as: UTF8.self
        )
        let name = WebKeyDirectory.fileName(forLocalPart: localPart)
        #expect(name.count == 32)
        #expect(listing.contains("\(name)@people.test"), "\(name) in \(listing)")
    }

    @Test("a key is published with the user id of one address and all its subkeys")
    func key() throws {
        let keyring = try TestKeyring("team")
        try keyring.gpg(["--quick-add-uid", keyring.fingerprint, "<team-request@people.test>"])
        let key = try keyring.publicKey()
        for address in ["team@people.test", "TEAM-request@people.test"] {
            let scan = try CertificateScan(
                try #require(WebKeyDirectory.key(key, for: address))
            )
            #expect(scan.userIDs.count == 1 && scan.subkeys.count == 1)
            #expect(scan.userIDs[0].lowercased().contains("<\(address.lowercased())>"))
            #expect(scan.primary.fingerprint.description == keyring.fingerprint)
        }
        #expect(WebKeyDirectory.key(key, for: "am@people.test") == nil)
        // Another key ring can import the reduced key and encrypt to it.
        let other = try TestKeyring(
            importing: try #require(WebKeyDirectory.key(key, for: "team@people.test"))
        )
        _ = try other.encrypt([1], to: ["team@people.test"], signed: false)
    }
}
