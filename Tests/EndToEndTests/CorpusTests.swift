import Foundation
import Testing

/// Crafted messages, encrypted to a list, through `listseal explain`.
@Suite(.serialized)
struct CorpusTests {
    private static let insides: [(file: String, refusal: String)] = [
        // A good encrypted text, which nobody signed.
        ("00-good", "unsigned"),
        // E1, E2: integrity that is missing, damaged or cut off.
        ("01-sed-nomdc", "notDecryptable"), ("02-seipd-mdc-missing", "notDecryptable"),
        ("03-seipd-tampered", "notDecryptable"), ("04-seipd-truncated", "notDecryptable"),
        // E4: more than one text, before, behind or inside.
        ("05-two-literals-inside", "malformedInside"),
        ("06-literal-before-encrypted", "notDecryptable"),
        ("07-literal-after-encrypted", "notDecryptable"),
        ("08-two-encrypted-messages", "notDecryptable"),
        // E6: encryption inside encryption.
        ("09-nested-encryption", "malformedInside"),
        ("10-nested-inner-sed", "malformedInside"),
        ("10b-outer-sed-inner-seipd", "notDecryptable"),
        // J4: a file name that would be a status line.
        ("11-literal-filename-inject", "unsigned"), ("12-literal-name-console", "unsigned"),
        ("13-literal-mode-m", "malformedInside"),
        // E5: "encrypted", and not.
        ("14-literal-only-no-encryption", "notDecryptable"),
        ("15-compressed-literal-only", "notDecryptable"),
        // Bombs and what is compressed without end.
        ("16-compress-nest31", "malformedInside"), ("17-compress-nest41", "malformedInside"),
        ("18-bomb200M", "malformedInside"), ("19-bomb200M-double", "malformedInside"),
        ("20-bomb400M-bz2", "malformedInside"),
        // Packets that have no business there.
        ("21-marker-padding", "notDecryptable"), ("22-padding21", "malformedInside"),
        ("23-unknown-critical-39", "malformedInside"), ("24-empty", "notDecryptable"),
        ("25-garbage", "notDecryptable"), ("26-empty-literal", "unsigned"),
        ("27-encrypted-empty", "malformedInside"),
        ("28-signature-only-inside", "malformedInside"),
    ]

    private static let floods = [
        "pkesk-foreign-100", "pkesk-foreign-1000", "pkesk-hidden-10", "pkesk-hidden-100",
        "pkesk-hidden-1000", "pkesk-listkid-100", "pkesk-listkid-1000", "skesk-1", "skesk-20",
        "skesk-only", "sym-wrong",
    ]

    @Test("what is inside an encrypted part is refused for what it is, without a word of it")
    func encrypted() throws {
        let bench = try CorpusBench()
        for (file, refusal) in Self.insides {
            let answer = try bench.explain(bench.encrypted(try bench.armored("\(file).pgp")))
            #expect(answer["refusal"] as? String == refusal, "\(file)")
            let reply = try #require(answer["reply"] as? [String: Any])
            // W10: one text and one code for all that depends on decryption.
            #expect(reply["code"] as? Int == 550)
            #expect(reply["enhanced"] as? String == "5.7.1")
            #expect(reply["text"] as? String == CorpusBench.uniformText)
            #expect(!bench.lastOutput.contains("SECRET"), "\(file)")
        }
    }

    @Test("floods of recipients and passphrases do not reach gpg")
    func floods() throws {
        let bench = try CorpusBench()
        for file in Self.floods {
            let answer = try bench.explain(bench.encrypted(try bench.armored("\(file).gpg")))
            #expect(answer["refusal"] as? String == "notDecryptable", "\(file)")
            let found = answer["encryption"] as? String
            #expect(found?.hasPrefix("failed: packets outside") == true, "\(file)")
        }
    }
}

extension CorpusTests {
    @Test("a signature over something that is no MIME entity is no post")
    func signedThing() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nSECRET words\r\n"
        let good = try bench.explain(bench.encrypted(try bench.signed(entity)))
        #expect(good["verdict"] as? String == "accept")
        #expect(!bench.lastOutput.contains("SECRET"))
        for thing in ["\r\nSECRET", "SECRET", "tree 4b825dc\nauthor A <a@b> 1\n\nSECRET\n"] {
            let answer = try bench.explain(bench.encrypted(try bench.signed(thing)))
            #expect(answer["refusal"] as? String == "malformedInside", "\(bench.lastOutput)")
        }
    }

    @Test("BZip2 hides nothing: a signature inside it is not believed")
    func bzip2() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nwords\r\n"
        for (algorithm, refusal) in [("zlib", nil), ("zip", nil), ("bzip2", "malformedInside")] {
            let post = try bench.signed(entity, options: ["--compress-algo", algorithm])
            let answer = try bench.explain(bench.encrypted(post))
            #expect(answer["refusal"] as? String == refusal, "\(algorithm)")
        }
    }

    @Test("a post of one list is not a post of another, whoever encrypts it anew")
    func otherList() throws {
        let bench = try CorpusBench()
        for (recipient, verdict) in [("list@example.org", "accept"), ("b@example.org", "refuse")] {
            let entity =
                "Content-Type: text/plain; protected-headers=\"v1\"\r\nTo: \(recipient)\r\n"
                + "\r\nwords\r\n"
            let answer = try bench.explain(bench.encrypted(try bench.signed(entity)))
            #expect(answer["verdict"] as? String == verdict)
            #expect(verdict == "accept" || answer["refusal"] as? String == "addressedElsewhere")
        }
    }

    @Test("who signs is not who wrote if From says so, and a stranger is nobody")
    func strangers() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nwords\r\n"
        let foreign = try bench.signed(entity, by: ["bob@outside.example"])
        let asAlice = try bench.explain(bench.encrypted(foreign))
        #expect(asAlice["verdict"] as? String == "refuse")
        let asBob = try bench.explain(bench.encrypted(foreign, from: "bob@outside.example"))
        #expect(asBob["refusal"] as? String == "notSubscribed")
        // A good one of hers does not make another's beside it good.
        let both = try bench.signed(entity, by: ["alice@example.org", "bob@outside.example"])
        #expect(try bench.explain(bench.encrypted(both))["verdict"] as? String == "refuse")
    }
}
