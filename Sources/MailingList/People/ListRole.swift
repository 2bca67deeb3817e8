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
    public static let named: [ListRole] = [
        .request, .owner, .join, .leave, .confirm(token: ""), .bounces(token: ""), .sendkey,
    ]

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
        case .request: "-request"
        case .owner: "-owner"
        case .join: "-join"
        case .leave: "-leave"
        case .confirm: "-confirm"
        case .bounces: "-bounces"
        case .sendkey: "-sendkey"
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

    /// Every suffix, and the role that a local part with it and with this
    /// extension (what stands behind the `+`) has.
    static let suffixed: [(suffix: String, role: @Sendable (String) -> ListRole?)] = [
        ("-request", { _ in .request }),
        ("-owner", { _ in .owner }),
        ("-join", { _ in .join }),
        ("-leave", { _ in .leave }),
        ("-confirm", { .confirm(token: $0) }),
        ("-bounces", { .bounces(token: $0) }),
        ("-sendkey", { _ in .sendkey }),
    ]
}
