import Foundation
import TestSupport
import Testing

/// Somebody with a mail program and a key: real gpg in a home of her own.
struct Person {
    let name: String
    let host: Host

    var address: String { "\(name)@people.test" }
    let homeName: String
    var home: String { "\(host.scratch)/people/\(homeName)" }
    var keyFile: String { "\(host.scratch)/people/\(homeName).asc" }

    /// Makes her key.
    ///
    /// With a `home` of another name she is the same person with another key.
    init(
        _ name: String,
        at host: Host,
        home: String? = nil,
        algorithm: String = "future-default"
    ) throws {
        self.name = name
        homeName = home ?? name
        self.host = host
        let address = address
        _ = try KeyCabinet.shared.take(
            "\(name) \(algorithm)",
            for: host.scratch,
            into: self.home
        ) { home in
            try GnuPG(home: home).run([
                "--passphrase", "", "--quick-generate-key", "\(name) <\(address)>", algorithm,
                "default", "never",
            ])
            return ""
        }
        let key = try gpg(["--armor", "--export"])
        try key.data.write(to: URL(filePath: keyFile))
    }

    @discardableResult
    func gpg(
        _ arguments: [String],
        input: [UInt8] = [],
        expecting status: Int32? = 0
    ) throws -> Shell.Result {
        try GnuPG(home: home).run(arguments, input: input, expecting: status)
    }

    /// Takes the list's key into her ring.
    func learnKey(of list: String) throws {
        let key = try host.listseal(["list", "export-key", list])
        try gpg(["--import"], input: key.bytes)
    }

    /// The entity that is encrypted: it protects From, To and Subject.
    func entity(to list: String, subject: String, text: String, protecting: Bool = true) -> String {
        let fields =
            protecting
            ? "; protected-headers=\"v1\"\r\nFrom: \(name) <\(address)>\r\nTo: \(list)\r\n"
                + "Subject: \(subject)" : ""
        return "Content-Type: text/plain; charset=utf-8\(fields)\r\n\r\n\(text)\r\n"
    }

    /// An entity with her signature beside it.
    ///
    /// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
    func signedEntity(_ entity: String) throws -> String {
        let signature = try gpg(
            ["--armor", "--digest-algo", "SHA256", "--detach-sign"],
            input: Array(entity.utf8)
        ).output
        return "Content-Type: multipart/signed; micalg=pgp-sha256;\r\n"
            + " protocol=\"application/pgp-signature\"; boundary=\"in\"\r\n\r\n--in\r\n"
            + "\(entity)\r\n--in\r\nContent-Type: application/pgp-signature\r\n\r\n"
            + signature.replacing("\n", with: "\r\n") + "\r\n--in--\r\n"
    }

    /// A PGP/MIME encrypted message.
    ///
    /// - SeeAlso: [RFC 3156 §4](https://www.rfc-editor.org/rfc/rfc3156#section-4)
    func post(
        to list: String,
        subject: String = "a subject that nobody outside may read",
        text: String,
        signed: Bool = true,
        id: String = UUID().uuidString,
        entity: String? = nil
    ) throws -> [UInt8] {
        let inside = entity ?? self.entity(to: list, subject: subject, text: text)
        let armored = try gpg(
            ["--armor", "--recipient", list] + (signed ? ["--sign"] : []) + ["--encrypt"],
            input: Array(inside.utf8)
        )
        let boundary = "b-\(id)"
        let message = """
            From: \(name) <\(address)>
            To: \(list)
            Subject: [...]
            Date: \(Self.date())
            Message-ID: <\(id)@laptop.people.test>
            MIME-Version: 1.0
            Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
             boundary="\(boundary)"

            --\(boundary)
            Content-Type: application/pgp-encrypted

            Version: 1

            --\(boundary)
            Content-Type: application/octet-stream

            \(armored.output)
            --\(boundary)--
            """
        return Array(message.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
    }

    /// A message without any OpenPGP.
    func cleartext(to: String, subject: String = "clear", text: String) -> [UInt8] {
        let message = """
            From: \(name) <\(address)>
            To: \(to)
            Subject: \(subject)
            Date: \(Self.date())
            Message-ID: <\(UUID().uuidString)@laptop.people.test>

            \(text)
            """
        return Array(message.replacing("\n", with: "\r\n").utf8)
    }

    /// What she sees of a copy: the plaintext, and gpg's status lines.
    func open(_ copy: [UInt8]) throws -> (text: String, status: [String]) {
        let statusFile = "\(host.scratch)/people/\(homeName).status"
        let result = try gpg(
            ["--status-file", statusFile, "--decrypt"],
            input: copy,
            expecting: nil
        )
        let status = (try? String(contentsOfFile: statusFile, encoding: .utf8)) ?? ""
        return (result.output, status.split(separator: "\n").map(String.init))
    }

    private static func date() -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date())
    }
}
