import SMTP

/// What an address of a list is for.
public enum ListRole: Sendable, Hashable {
    /// `LIST@`: posts.
    case posting
    /// `LIST-request@`: mail commands.
    case request
    /// `LIST-owner@`: to the people who run it.
    case owner
    /// `LIST-join@`: the same as the command `subscribe`.
    case join
    /// `LIST-leave@`: the same as the command `unsubscribe`.
    case leave
    /// `LIST-confirm+TOKEN@`: the answer to a challenge.
    case confirm(token: String)
    /// `LIST-bounces+TOKEN@`: the reverse-path of one subscriber's copies.
    case bounces(token: String)
    /// `LIST-sendkey@`: asks for the list's key.
    case sendkey
    /// `postmaster@` of a list's domain.
    ///
    /// - SeeAlso: [RFC 2142 §5](https://www.rfc-editor.org/rfc/rfc2142#section-5)
    case postmaster
    /// `abuse@` of a list's domain.
    ///
    /// - SeeAlso: [RFC 2142 §2](https://www.rfc-editor.org/rfc/rfc2142#section-2)
    case abuse

    /// The roles whose addresses have a suffix, without a token.
    public static let named = ListAddressing.RoleSuffix.allCases.map { role($0, extension: "") }

    /// What the address says besides: two of one list are two deliveries.
    public var detail: String {
        switch self {
        case .confirm(let token), .bounces(let token): token.lowercased()
        case .posting, .request, .owner, .join, .leave, .sendkey, .postmaster, .abuse: ""
        }
    }

    /// Whether mail to it is a command, or is read for commands.
    public var isCommand: Bool {
        switch self {
        case .request, .join, .leave, .confirm, .sendkey: true
        case .posting, .owner, .bounces, .postmaster, .abuse: false
        }
    }

    /// What stands behind the list's name in the address.
    var suffix: String {
        switch self {
        case .posting, .postmaster, .abuse: ""
        case .request: RoleSuffix.request.rawValue
        case .owner: RoleSuffix.owner.rawValue
        case .join: RoleSuffix.join.rawValue
        case .leave: RoleSuffix.leave.rawValue
        case .confirm: RoleSuffix.confirm.rawValue
        case .bounces: RoleSuffix.bounces.rawValue
        case .sendkey: RoleSuffix.sendkey.rawValue
        }
    }

    /// The word for it in logs and in receipts, without any token.
    public var name: String {
        switch self {
        case .posting: "posting"
        case .postmaster: "postmaster"
        case .abuse: "abuse"
        case .request, .owner, .join, .leave, .confirm, .bounces, .sendkey:
            String(suffix.dropFirst())
        }
    }

    /// The role that a local part with this suffix, and with this extension (the part behind
    /// the `+`), has.
    static func role(_ suffix: ListAddressing.RoleSuffix, extension text: String) -> ListRole {
        switch suffix {
        case .request: .request
        case .owner: .owner
        case .join: .join
        case .leave: .leave
        case .confirm: .confirm(token: text)
        case .bounces: .bounces(token: text)
        case .sendkey: .sendkey
        }
    }

    private typealias RoleSuffix = ListAddressing.RoleSuffix
}
