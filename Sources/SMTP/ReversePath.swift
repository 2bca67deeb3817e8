/// Where a message comes from, as `MAIL FROM` says: an address, or nobody.
///
/// - SeeAlso: [RFC 5321 §4.1.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.2)
public enum ReversePath: Sendable, Hashable, CustomStringConvertible {
    /// The null reverse-path `<>` of bounces and notices: never answered.
    case null
    /// A mailbox that takes bounces.
    case address(EmailAddress)
    /// Something that the MTA took and that we cannot read: nobody's address.
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

    /// The address, if there is one.
    public var address: EmailAddress? {
        switch self {
        case .address(let address): address
        case .null, .unreadable: nil
        }
    }

    /// The path as SMTP writes it, in angle brackets.
    public var description: String {
        switch self {
        case .null, .unreadable: "<>"
        case .address(let address): "<\(address)>"
        }
    }
}
