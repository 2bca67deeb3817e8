import MIME
import Testing

/// Foreign content in a form that no mail program shows beside our words as HTML.
@Suite struct InertContentTests {
    private static func made(
        _ entity: String,
        _ html: InertContent.HTML = .attach
    ) throws -> (parts: [Part], content: InertContent)? {
        let octets = Array(entity.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
        guard let content = InertContent(of: octets, html: html, hidden: "hidden") else {
            return nil
        }
        let root = try Message(content.entity).root
        return (root.contentType.isMultipart ? root.children : [root], content)
    }

    private static func types(_ parts: [Part]) -> [String] {
        parts.map { "\($0.contentType.type)/\($0.contentType.subtype)" }
    }

    private static func dispositions(_ parts: [Part]) -> [String?] {
        parts.map { $0.field(named: "Content-Disposition")?.value }
    }

    private static let html = "<style>div{display:none}</style><p>Hello <b>you</b>"

    @Test(
        "plain text, pictures and files stay octet for octet",
        arguments: [
            "Content-Type: text/plain; charset=utf-8\n\nwords\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\n"
                + "Content-Type: image/png\nContent-Disposition: inline\n\nx\n--b\n"
                + "Content-Type: application/octet-stream; name=\"a.zip\"\n"
                + "Content-Disposition: attachment; filename=\"a.zip\"\n\nx\n--b\n"
                + "Content-Type: text/html\nContent-Disposition: attachment\n\nx\n--b--\n",
        ]
    )
    func untouched(_ entity: String) throws {
        #expect(try Self.made(entity) == nil)
    }

    @Test("HTML alone has a plain text in front, and is an attachment or left out")
    func htmlAlone() throws {
        let entity = "Content-Type: text/html; charset=utf-8\n\n" + Self.html
        let attached = try #require(try Self.made(entity))
        #expect(attached.content.hasMadeText)
        #expect(Self.types(attached.parts) == ["text/plain", "text/html"])
        #expect(try attached.parts[0].decodedText(limit: 999) == "Hello you\n")
        #expect(Self.dispositions(attached.parts)[1] == "attachment; filename=\"message.html\"")
        #expect(try attached.parts[1].decodedText(limit: 999) == Self.html)
        let dropped = try #require(try Self.made(entity, .drop))
        #expect(Self.types(dropped.parts) == ["text/plain"])
    }

    @Test("HTML beside its plain text is an attachment, wherever it stands")
    func alternative() throws {
        let entity =
            "Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\n"
            + "plain\n--a\nContent-Type: multipart/related; boundary=r\n\n--r\n"
            + "Content-Type: text/html\n\n\(Self.html)\n--r\nContent-Type: image/png\n\nx\n--r--\n"
            + "--a--\n"
        let made = try #require(try Self.made(entity))
        #expect(!made.content.hasMadeText)
        #expect(Self.types(made.parts) == ["text/plain", "text/html", "image/png"])
        #expect(Self.types(try #require(try Self.made(entity, .drop)).parts).count == 2)
        // Some programs write an empty text.
        let empty = try #require(try Self.made(entity.replacing("plain\n--a", with: " \n--a")))
        #expect(empty.content.hasMadeText)
    }

    @Test(
        "no attached message is one that a program opens inline",
        arguments: [
            "message/rfc822", "Message/RFC822; name=\"x.eml\"", "message/news", "message/global",
            "application/octet-stream; name=\"x.eml\"", "application/octet-stream; name=x.EML",
            "application/octet-stream; name*=utf-8''x%2Eeml",
            "application/octet-stream; name=\"=?utf-8?q?x=2Eeml?=\"",
            "application/x-unknown-content-type; name=x.mht",
        ]
    )
    func messages(_ type: String) throws {
        let inner = "Subject: y\n\nContent\n"
        let entity =
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: \(type)\n"
            + "Content-Disposition: attachment\n\n\(inner)\n--b--\n"
        let made = try #require(try Self.made(entity))
        #expect(Self.types(made.parts) == ["message/global"])
        #expect(Self.dispositions(made.parts)[0]?.contains(".u8msg") == true)
        #expect(made.parts[0].field(named: "Content-Transfer-Encoding")?.value == "base64")
        let octets = try made.parts[0].decodedBody(limit: 999)
        #expect(String(decoding: octets, as: UTF8.self) == inner.replacing("\n", with: "\r\n"))
    }

    @Test(
        "no other type or structure brings HTML inline",
        arguments: [
            "text/enriched", "text/calendar; method=REQUEST", "image/svg+xml", "text/x-vcard",
            "application/xhtml+xml", "application/pkcs7-mime; name=smime.p7m", "message/partial",
            "message/external-body; access-type=x", "text/html garbage", "text",
            "application/octet-stream; name=x.html",
            "application/octet-stream; name*0=x.;name*1=eml",
        ]
    )
    func others(_ type: String) throws {
        let entity =
            "Content-Type: multipart/x-other; boundary=b\n\n--b\nContent-Type: \(type)\n\n"
            + "\(Self.html)\n--b\n\nno type\n--b--\n"
        let made = try #require(try Self.made(entity))
        for (part, disposition) in zip(made.parts, Self.dispositions(made.parts)) {
            #expect(part.contentType.isWellFormed)
            #expect(part.field(named: "Content-Type") != nil)
            let isPlain = part.contentType.isType("text", "plain")
            #expect(isPlain || disposition?.hasPrefix("attachment") == true, "\(type)")
            let isGuessed = part.contentType.isType("application", "octet-stream")
            #expect(!isGuessed || disposition?.contains(".eml") == false)
            #expect(!part.contentType.isType("application", "pkcs7-mime"))
        }
        #expect(
            try Message(try #require(try Self.made(entity)).content.entity).root.contentType
                .isType("multipart", "mixed")
        )
    }

    @Test("what is made inert is inert, and stays so")
    func twice() throws {
        let entity = Array("Content-Type: text/html\r\n\r\n<p>x".utf8)
        let once = try #require(InertContent(of: entity, html: .attach, hidden: "hidden"))
        #expect(InertContent(of: once.entity, html: .attach, hidden: "hidden") == nil)
    }
}
