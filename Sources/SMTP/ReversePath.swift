/// The reverse-path of `MAIL FROM`: the address that bounces go to, if any.
///
/// - SeeAlso: [RFC 5321 §4.1.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.2)
public enum ReversePath: Sendable, Hashable, CustomStringConvertible {
    /// The null reverse-path `<>` of bounces and notices, which nobody may answer.
    case null
    /// A mailbox that receives bounces.
    case address(EmailAddress)
    /// A path that the MTA accepted and that ``EmailAddress`` cannot parse.
    ///
    /// Nothing can be sent to it.
    case unreadable

    /// Parses the argument of `MAIL FROM`, with or without angle brackets.
    public init(argument: String) {
        guard let path = Path(argument: argument) else {
            self = .unreadable
            return
        }
        if path.mailbox.isEmpty {
            self = .null
        } else if let address = EmailAddress(path.mailbox) {
            self = .address(address)
        } else {
            self = .unreadable
        }
    }

    /// The address; nil for a null or unreadable path.
    public var address: EmailAddress? {
        switch self {
        case .address(let address): address
        case .null, .unreadable: nil
        }
    }

    /// The path as SMTP writes it, in angle brackets; `<>` for an unreadable path.
    public var description: String {
        switch self {
        case .null, .unreadable: "<>"
        case .address(let address): "<\(address)>"
        }
    }
}
