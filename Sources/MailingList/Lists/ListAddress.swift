public import SMTP

/// An address of a list: which list, and which of its roles.
public struct ListAddress: Sendable, Hashable {
    /// The posting address; for `postmaster@` and `abuse@` the address itself.
    public let list: EmailAddress
    /// What the address is for.
    public let role: ListRole

    /// Puts the two together.
    public init(list: EmailAddress, role: ListRole) {
        self.list = list
        self.role = role
    }

    /// The domain behind which Postfix hands list mail to the gate.
    public static let gateDomain = ListAddressing.gateDomain

    /// The address as the world writes it.
    public var address: EmailAddress {
        let token: String
        switch role {
        case .posting, .postmaster, .abuse: return list
        case .request, .owner, .join, .leave, .sendkey: token = ""
        case .confirm(let text), .bounces(let text): token = text.isEmpty ? "" : "+" + text
        }
        // A name is bounded when its list is made; were it not, the list's own
        // address is the safe answer: nothing is delivered anywhere else.
        return EmailAddress("\(list.localPart)\(role.suffix)\(token)@\(list.domain)") ?? list
    }

    /// What an address could mean, the most specific first.
    ///
    /// `a-request@` is a list of that name if there is one, else the role of the
    /// list `a`. Which it is, only the store can say. Behind the gate the same
    /// addresses read `LIST-role=DOMAIN+EXTENSION@listseal.invalid`, with the
    /// case that the client wrote.
    public static func candidates(for address: EmailAddress) -> [Self] {
        guard
            let written = address.domain.lowercased() == gateDomain
                ? ungated(address.localPart) : address
        else { return [] }
        var result = [Self(list: written, role: .posting)]
        switch written.localPart.lowercased() {
        case "postmaster": result.append(Self(list: written, role: .postmaster))
        case "abuse": result.append(Self(list: written, role: .abuse))
        default: break
        }
        let (name, plus) = split(written.localPart)
        if let list = EmailAddress("\(name)@\(written.domain)") {
            if plus != nil { result.append(Self(list: list, role: .posting)) }
            for suffix in ListAddressing.RoleSuffix.allCases {
                let text = suffix.rawValue
                guard name.lowercased().hasSuffix(text), name.utf8.count > text.utf8.count,
                    let list = EmailAddress("\(name.dropLast(text.count))@\(written.domain)")
                else { continue }
                let role = ListRole.role(suffix, extension: plus ?? "")
                result.append(Self(list: list, role: role))
            }
        }
        return result
    }

    private static func split(_ localPart: String) -> (name: String, extension: String?) {
        guard let plus = localPart.firstIndex(of: "+"), plus != localPart.startIndex else {
            return (localPart, nil)
        }
        return (String(localPart[..<plus]), String(localPart[localPart.index(after: plus)...]))
    }

    // `LIST-bounces=DOMAIN+TOKEN` → `LIST-bounces+TOKEN@DOMAIN`: Postfix puts
    // the extension behind whatever the alias table gives.
    private static func ungated(_ localPart: String) -> EmailAddress? {
        guard let equals = localPart.lastIndex(of: "=") else { return nil }
        let name = localPart[..<equals]
        let (domain, plus) = split(String(localPart[localPart.index(after: equals)...]))
        return EmailAddress(name + (plus.map { "+" + $0 } ?? "") + "@" + domain)
    }
}
