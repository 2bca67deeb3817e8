import MIME
import Testing

@Suite("PGP/MIME structures") struct PGPMIMETests {
    /// The PGP/MIME structure of a message, as one word.
    private func judged(_ source: String, limit: Int = 100) throws -> String {
        switch PGPMIME(try Message(wire(source)).root, limit: limit) {
        case .encrypted(let message): "encrypted " + text(message)
        case .signed(let entity): "signed " + text(entity.signedBytes)
        case .none: "none"
        case .malformed(let fault): fault.rawValue
        }
    }

    private func encrypted(
        parameters: String = "; protocol=\"application/PGP-encrypted\"",
        control: String = "Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
        content: String = "Content-Type: application/octet-stream; name=x y\n\nARMOR",
        more: String = ""
    ) -> String {
        "Content-Type: multipart/encrypted; boundary=b\(parameters)\n\n"
            + "--b\n\(control)\n--b\n\(content)\n\(more)--b--\n"
    }

    private func signed(
        parameters: String = "; protocol=\"application/pgp-signature\"; micalg=PGP-SHA512",
        content: String = "Content-Type: text/plain\n\nx",
        signature: String = "Content-Type: application/pgp-signature\n\nSIG",
        more: String = ""
    ) -> String {
        "Content-Type: multipart/signed; boundary=b\(parameters)\n\n"
            + "--b\n\(content)\n--b\n\(signature)\n\(more)--b--\n"
    }

    @Test("multipart/encrypted gives its second part, decoded")
    func encrypted() throws {
        #expect(try judged(encrypted()) == "encrypted ARMOR")
        let base64 =
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nQVI=\n"
        #expect(try judged(encrypted(content: base64)) == "encrypted AR")
        #expect(try judged(encrypted(), limit: 4) == "tooLarge")
    }

    @Test("multipart/encrypted that is not exactly RFC 3156 §4 is a fault")
    func encryptedFaults() throws {
        #expect(try judged(encrypted(parameters: "")) == "protocolMissing")
        #expect(try judged(encrypted(parameters: "; protocol=\"application/x\"")) == "none")
        #expect(try judged(encrypted(more: "--b\n\nx\n")) == "partCountWrong")
        #expect(try judged(encrypted(control: "\nVersion: 1")) == "controlPartTypeWrong")
        let type = "Content-Type: application/pgp-encrypted\n\n"
        for body in ["", "Version: 2", "Version: 1\nVersion: 1", "Version 1", "x\nVersion: 1"] {
            #expect(try judged(encrypted(control: type + body)) == "versionMissing")
        }
        #expect(try judged(encrypted(content: "\nARMOR")) == "encryptedPartTypeWrong")
        let broken =
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n!\n"
        #expect(try judged(encrypted(content: broken)) == "encodingInvalid")
    }

    @Test("multipart/signed gives the exact signed octets")
    func signed() throws {
        #expect(try judged(signed()) == "signed Content-Type: text/plain\r\n\r\nx")
        #expect(
            try judged(signed(content: "Content-Type: text/plain\n\nx\n\n"))
                == "signed Content-Type: text/plain\r\n\r\nx\r\n\r\n"
        )
    }

    @Test("multipart/signed that is not exactly RFC 3156 §5 is a fault")
    func signedFaults() throws {
        #expect(try judged(signed(parameters: "")) == "protocolMissing")
        #expect(
            try judged(signed(parameters: "; protocol=\"application/pkcs7-signature\"")) == "none"
        )
        #expect(try judged(signed(more: "--b\n\nx\n")) == "partCountWrong")
        #expect(
            try judged(signed(signature: "Content-Type: text/plain\n\nSIG"))
                == "signaturePartTypeWrong"
        )
        #expect(try judged(signed(content: "\ntree 1234\nauthor x")) == "contentTypeMissing")
        #expect(try judged(signed(), limit: 2) == "tooLarge")
    }

    @Test("signed octets that could be changed under the same signature are a fault")
    func ambiguousOctets() throws {
        let type = "Content-Type: text/plain\n\n"
        #expect(try judged(signed(content: type + "a\0b")) == "signedBytesAmbiguous")
        let line = String(repeating: "x", count: SignedEntity.maximumLineLength)
        #expect(try judged(signed(content: type + line)).hasPrefix("signed"))
        #expect(try judged(signed(content: type + line + "x\ny")) == "signedBytesAmbiguous")
        let mixed = Array(signed(content: type + "a\r\nb").utf8)
        guard case .malformed(.signedBytesAmbiguous) = PGPMIME(try Message(mixed).root, limit: 100)
        else {
            Issue.record("a CRLF in a message of LF lines was taken")
            return
        }
    }

    @Test("a signed message of LF lines is verified with CRLF")
    func lineFeedMessage() throws {
        let source = try Resource.bytes("gmime-differential/good-nested-ok.eml")
        let message = try Message(source.filter { $0 != 0x0d })
        guard case .signed(let entity) = PGPMIME(message.root, limit: 8192) else {
            Issue.record("not taken as signed")
            return
        }
        #expect(try Tool.isGoodSignature(entity.signature, over: entity.signedBytes))
    }

    @Test("the hash name in micalg is read without its prefix")
    func hashName() throws {
        guard case .signed(let entity) = PGPMIME(try Message(wire(signed())).root, limit: 100)
        else {
            Issue.record("not taken as signed")
            return
        }
        #expect(entity.hashAlgorithmName == "sha512")
    }

    @Test("an encrypted or signed inner part does not make the message PGP/MIME")
    func below() throws {
        let html = "Content-Type: text/html\n\n<img src=\""
        func inMixed(_ part: String) -> String {
            let inner = part.replacing("=b;", with: "=c;").replacing("--b", with: "--c")
            return "Content-Type: multipart/mixed; boundary=m\n\n"
                + "--m\n\(html)\n--m\n\(inner)\n--m\n\(html)\n--m--\n"
        }
        #expect(try judged(inMixed(encrypted())) == "none")
        #expect(try judged(inMixed(signed())) == "none")
        #expect(
            try judged("Content-Type: message/rfc822\n\n" + signed()) == "none"
        )
        #expect(try judged("From: a@b\n\n-----BEGIN PGP MESSAGE-----\n") == "none")
    }

    @Test("a multipart/encrypted that a gateway changed to multipart/mixed is detected")
    func mangled() throws {
        let source = """
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain

            --m
            Content-Type: application/pgp-encrypted

            Version: 1
            --m
            Content-Type: application/octet-stream

            ARMOR
            --m--

            """
        #expect(try judged(source) == "mangled")
    }
}
