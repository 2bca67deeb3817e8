import NIOCore
import SMTP

/// Reads the attributes of an XFORWARD command into an ``LMTPClient``.
///
/// - SeeAlso: [Postfix XFORWARD Howto](https://www.postfix.org/XFORWARD_README.html)
enum XForward {
    /// The longest decoded value in octets, which is Postfix's own limit.
    static let maximumValueLength = 255

    /// Returns the client with all attributes applied; nil if one is invalid.
    ///
    /// An invalid value must not become nil in the client, which means that Postfix does
    /// not know the value. A client without an address means local submission.
    static func apply(_ attributes: [ESMTPParameter], to client: LMTPClient) -> LMTPClient? {
        var client = client
        for attribute in attributes {
            guard let encoded = attribute.value,
                let decoded = XText.decode(encoded),
                decoded.utf8.count <= maximumValueLength
            else { return nil }
            guard set(attribute.keyword, known(decoded), in: &client) else { return nil }
        }
        return client
    }

    private static func known(_ value: String) -> String? {
        ["[UNAVAILABLE]", "[TEMPUNAVAIL]"].contains(value.uppercased()) ? nil : value
    }

    private static func set(
        _ keyword: String,
        _ value: String?,
        in client: inout LMTPClient
    ) -> Bool {
        switch keyword {
        case "NAME": client.name = value
        case "PROTO": client.protocolName = value
        case "HELO": client.helo = value
        case "IDENT": client.queueID = value
        case "ADDR":
            guard let value else {
                client.address = nil
                return true
            }
            guard let address = address(value) else { return false }
            client.address = address
        case "PORT":
            guard let value else {
                client.port = nil
                return true
            }
            guard let port = UInt16(value) else { return false }
            client.port = Int(port)
        case "SOURCE":
            switch value?.uppercased() {
            case nil: client.source = nil
            case "LOCAL": client.source = .local
            case "REMOTE": client.source = .remote
            default: return false
            }
        default: return false
        }
        return true
    }

    // RFC 5321 §4.1.3 puts `IPv6:` before an address; Postfix does so in XFORWARD.
    private static func address(_ value: String) -> String? {
        let text = value.uppercased().hasPrefix("IPV6:") ? String(value.dropFirst(5)) : value
        return (try? SocketAddress(ipAddress: text, port: 0)) == nil ? nil : text
    }
}
