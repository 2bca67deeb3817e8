import Foundation
import Testing

/// A mail of the list as its reader sees it.
struct Letter {
    /// As it arrived.
    let bytes: [UInt8]
    /// Subject as her program shows it: the protected one if there is one.
    let subject: String
    /// The first text.
    let text: String
    /// What gpg says of encryption and signature.
    let status: [String]

    var isEncrypted: Bool { status.contains { $0.contains("ENC_TO") } }
    var isSigned: Bool { status.contains { $0.contains("GOODSIG") } }
    /// Everything that can be seen on the way.
    var outside: String { String(decoding: bytes, as: UTF8.self) }

    func field(_ name: String) -> String { CrashTests.field(name, of: bytes) }
}

/// How a mail program writes a text.
enum TextStyle: String, CaseIterable {
    case plain, quotedPrintable, base64, flowed

    func entity(_ text: String) -> String {
        let body = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        return switch self {
        case .plain: "Content-Type: text/plain; charset=utf-8\r\n\r\n\(body)\r\n"
        case .quotedPrintable:
            "Content-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                + body.replacing("=", with: "=3D").replacing(":", with: "=3A")
                .replacing("token", with: "tok=\r\nen") + "\r\n"
        case .base64:
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Data(body.utf8).base64EncodedString(options: [
                    .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
                ]) + "\r\n"
        case .flowed:
            // RFC 3676: long lines are broken behind a blank, and filled with more.
            "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
                + body.replacing(": ", with: ": \r\n> ") + "\r\n"
        }
    }
}

/// How a key comes with a mail.
enum KeyStyle: String, CaseIterable {
    case pgpKeys, base64, quotedPrintable, binary, octetStream, inText, autocrypt

    func parts(armored: String, binary: Data) -> (text: String, part: String?, field: String?) {
        let base64 = Data(armored.utf8).base64EncodedString(options: .lineLength76Characters)
        return switch self {
        case .pgpKeys: ("", "Content-Type: application/pgp-keys\r\n\r\n\(armored)", nil)
        case .base64:
            (
                "",
                "Content-Type: application/pgp-keys\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + base64, nil
            )
        case .quotedPrintable:
            (
                "",
                "Content-Type: application/pgp-keys; name=\"0x1.asc\"\r\n"
                    + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                    + armored.replacing("=", with: "=3D"), nil
            )
        case .binary:
            (
                "",
                "Content-Type: application/octet-stream; name=key.gpg\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"
                    + binary.base64EncodedString(options: .lineLength76Characters), nil
            )
        case .octetStream:
            ("", "Content-Type: text/plain; name=key.asc\r\n\r\n\(armored)", nil)
        case .inText: ("\n\(armored)\n", nil, nil)
        case .autocrypt: ("", nil, binary.base64EncodedString())
        }
    }
}

/// How an answer is signed, and what is around it.
enum SignatureStyle: String, CaseIterable {
    case none, mime, clear, encrypted, encapsulated, inline
}

extension Person {
    /// Her newest mail, opened.
    func letter(_ number: Int = 1) throws -> Letter {
        let bytes = try host.waitForMail(address, count: number)[number - 1]
        return try read(bytes)
    }

    func read(_ bytes: [UInt8]) throws -> Letter {
        let whole = String(decoding: bytes, as: UTF8.self)
        let isEncrypted = whole.contains("BEGIN PGP MESSAGE")
        let (text, status) = isEncrypted ? try open(bytes) : (whole, try verify(bytes))
        let parsed = try Shell.run(
            "python3",
            [
                "-c",
                """
                import sys, json, email, email.policy
                m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
                texts = [p for p in m.walk() if p.get_content_type() == "text/plain"]
                print(json.dumps([str(m["Subject"]), texts[0].get_content() if texts else ""]))
                """,
            ],
            input: Array(text.utf8)
        )
        let fields = try JSONDecoder().decode([String].self, from: parsed.data)
        return Letter(
            bytes: bytes,
            subject: fields[0],
            text: fields[1].replacing("\r\n", with: "\n"),
            status: status
        )
    }

    // Cuts the two parts as RFC 3156 §5 says, and lets gpg judge.
    private func verify(_ bytes: [UInt8]) throws -> [String] {
        let cut = try Shell.run(
            "python3",
            [
                "-c",
                """
                import sys, email
                raw = sys.stdin.buffer.read().replace(b"\\r\\n", b"\\n").replace(b"\\n", b"\\r\\n")
                m = email.message_from_bytes(raw)
                if m.get_content_type() == "multipart/signed":
                    b = b"\\r\\n--" + m.get_boundary().encode()
                    parts = raw.split(b)
                    open(sys.argv[1], "wb").write(parts[1][2:])
                    open(sys.argv[2], "wb").write(m.get_payload()[1].get_payload(decode=True))
                """, "\(home)/signed", "\(home)/signature",
            ],
            input: bytes
        )
        try #require(cut.status == 0, "\(cut.error)")
        let result = try gpg(
            ["--status-fd", "1", "--verify", "\(home)/signature", "\(home)/signed"],
            expecting: nil
        )
        return result.output.split(separator: "\n").map(String.init)
    }

    /// A mail to a list's address, with or without a key.
    func mail(
        to recipient: String,
        subject: String,
        text: String = "",
        style: TextStyle = .plain,
        key: KeyStyle? = nil,
        signature: SignatureStyle = .none,
        protecting: Bool = false,
        extra: [String] = []
    ) throws -> [UInt8] {
        var text = text
        var part: String?
        var fields = extra
        if let key {
            let kind = key.parts(
                armored: try gpg(["--armor", "--export", address]).output,
                binary: try gpg([
                    "--export", "--export-options", "export-minimal", address,
                ]).data
            )
            text += kind.text
            part = kind.part
            if let data = kind.field {
                fields.append("Autocrypt: addr=\(address); prefer-encrypt=mutual; keydata=\(data)")
            }
        }
        var entity = style.entity(text)
        if let part {
            entity =
                "Content-Type: multipart/mixed; boundary=\"k\"\r\n\r\n--k\r\n\(entity)\r\n--k\r\n"
                + "\(part)\r\n--k--\r\n"
        }
        // Without a signature around it there is nothing that protects.
        let protecting = protecting && signature != .none
        if protecting {
            entity =
                entity.replacing(
                    "\r\n",
                    with: "; protected-headers=\"v1\"\r\nFrom: <\(address)>\r\nTo: \(recipient)\r\n"
                        + "Subject: \(subject)\r\n",
                    maxReplacements: 1
                )
        }
        let list = recipient.replacing("-request@", with: "@").replacing("-leave@", with: "@")
        let wrapped = try wrap(entity.crlf, text: text, signature, list: list)
        let message =
            ([
                "From: \(name) <\(address)>", "To: \(recipient)",
                "Subject: \(protecting ? "..." : subject)",
                "Date: \(Self.now())", "Message-ID: <\(UUID().uuidString)@laptop.people.test>",
                "MIME-Version: 1.0",
            ] + fields).joined(separator: "\r\n") + "\r\n\(wrapped)"
        return Array(message.crlf.utf8)
    }

    /// Answers a mail of the list as mail programs do: prefix, and what was said quoted.
    func reply(
        to letter: Letter,
        list: String = "team-request@lists.test",
        prefix: String = "Re: ",
        text: String = "Here it is.",
        style: TextStyle = .plain,
        key: KeyStyle? = nil,
        signature: SignatureStyle = .none,
        protecting: Bool = false
    ) throws -> [UInt8] {
        let quoted = letter.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "> " + $0 }.joined(separator: "\n")
        return try mail(
            to: list,
            subject: prefix + letter.subject,
            text:
                "\(text)\n\nOn some day the list wrote:\n\(quoted)\n\n-- \n\(name), of the people",
            style: style,
            key: key,
            signature: signature,
            protecting: protecting
        )
    }

    private func wrap(
        _ entity: String,
        text: String,
        _ signature: SignatureStyle,
        list: String
    ) throws -> String {
        switch signature {
        case .none: return entity
        case .mime: return try multipartSigned(entity)
        case .clear:
            let signed = try gpg(["--clear-sign"], input: Array(text.utf8)).output
            return "Content-Type: text/plain; charset=utf-8\r\n\r\n\(signed)"
        case .encrypted:
            return Self.multipartEncrypted(
                try gpg(
                    ["--armor", "--recipient", list, "--sign", "--encrypt"],
                    input: Array(entity.utf8)
                ).output
            )
        case .encapsulated:
            return Self.multipartEncrypted(
                try gpg(
                    ["--armor", "--recipient", list, "--encrypt"],
                    input: Array(try multipartSigned(entity).crlf.utf8)
                ).output
            )
        case .inline:
            let armored = try gpg(
                ["--armor", "--recipient", list, "--sign", "--encrypt"],
                input: Array(text.utf8)
            ).output
            return "Content-Type: text/plain\r\n\r\n\(armored)"
        }
    }

    private func multipartSigned(_ entity: String) throws -> String {
        let signature = try gpg(["--armor", "--detach-sign"], input: Array(entity.utf8)).output
        return "Content-Type: multipart/signed; micalg=pgp-sha256;\r\n"
            + " protocol=\"application/pgp-signature\"; boundary=\"s\"\r\n\r\n--s\r\n\(entity)"
            + "\r\n--s\r\nContent-Type: application/pgp-signature; name=s.asc\r\n\r\n\(signature)"
            + "\r\n--s--\r\n"
    }

    private static func multipartEncrypted(_ armored: String) -> String {
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n"
            + " boundary=\"e\"\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\n"
            + "Version: 1\r\n\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\n"
            + "\(armored)\r\n--e--\r\n"
    }

    private static func now() -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date())
    }
}

extension String {
    fileprivate var crlf: String {
        replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
    }
}
