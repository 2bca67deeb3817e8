import Foundation
public import SMTP

/// The alias table that makes every list address a valid recipient.
///
/// It also sends list mail that the milter did not handle to the gate. Each line is
/// `LIST-role@DOMAIN  LIST-role=DOMAIN@listseal.invalid`. An address with a token
/// (`LIST-bounces+TOKEN`) needs no own line if Postfix splits addresses at `+` and
/// keeps the extension. Otherwise a `regexp:` table has the two roles with tokens.
///
/// - SeeAlso: [virtual(5)](https://www.postfix.org/virtual.5.html)
public struct AddressMap: Sendable, Hashable {
    /// The suffixes of a list's name, one for each role; empty for posts.
    static let roleSuffixes = [""] + ListAddressing.RoleSuffix.allCases.map(\.rawValue)
    /// The roles whose addresses carry a token.
    static let tokenSuffixes = ListAddressing.RoleSuffix.allCases.filter(\.takesToken)
        .map(\.rawValue)
    /// Mailboxes of a domain that only lists serve.
    ///
    /// - SeeAlso: [RFC 2142 §5](https://www.rfc-editor.org/rfc/rfc2142#section-5)
    static let domainMailboxes = ["postmaster", "abuse"]

    /// The source text of the table.
    public let text: String
    /// The source text of the `regexp:` table for addresses with tokens.
    public let patternText: String
    /// The addresses that the table makes valid, in its order.
    public let addresses: [String]

    /// Makes the texts, which do not depend on the order of the lists.
    ///
    /// - Throws: ``PostfixSetupError/unusableAddress(_:)`` for a list address that has
    ///   another meaning in a Postfix table.
    public init(addresses: ListedAddresses, dedicatedDomains: [String]) throws {
        var lines: [String] = []
        var keys: Set<String> = []
        var ordered: [String] = []
        var patterns: [String] = []
        // A list's posting address takes precedence over a role of another list
        // (`a-request@` may be a list), and a list over a mailbox of the domain.
        func add(_ name: String, _ domain: String) {
            guard keys.insert("\(name)@\(domain)").inserted else { return }
            ordered.append("\(name)@\(domain)")
            lines.append("\(name)@\(domain)  \(name)=\(domain)@\(OwnNames.gateDomain)")
        }
        let lists = try addresses.lists.map(Self.parts).sorted { $0 < $1 }
        for suffix in Self.roleSuffixes {
            for (name, domain) in lists { add(name + suffix, domain) }
        }
        for (name, domain) in lists {
            for suffix in Self.tokenSuffixes {
                patterns.append(Self.pattern(name: name + suffix, domain: domain))
            }
        }
        for domain in addresses.domains where dedicatedDomains.contains(domain) {
            for mailbox in Self.domainMailboxes { add(mailbox, domain) }
        }
        let head = "# Made by listseal from its lists; what is written here is lost.\n"
        text = head + lines.map { $0 + "\n" }.joined()
        patternText = head + patterns.map { $0 + "\n" }.joined()
        self.addresses = ordered
    }

    /// Writes the tables of an installation, each in one atomic step.
    ///
    /// `setup` calls it, and so do `list create` and `list delete` as the service user.
    /// Postfix notices a changed indexed table, but reads `regexp:` tables only when a
    /// process starts.
    ///
    /// - Returns: Whether a reload of Postfix is needed for an immediate effect.
    @discardableResult
    public static func write(
        addresses: ListedAddresses,
        installation: PostfixInstallation
    ) throws -> Bool {
        let map = try Self(addresses: addresses, dedicatedDomains: installation.dedicatedDomains)
        var needsReload = false
        if let path = installation.patternPath, !isCurrent(path, text: map.patternText) {
            try MapFile(path: path, type: nil).write(map.patternText, installation: installation)
            needsReload = true
        }
        if !map.isWritten(for: installation) {
            try MapFile(path: installation.mapPath, type: installation.mapType)
                .write(map.text, installation: installation)
        }
        return needsReload
    }

    /// Whether the table on disk names no address, or there is none.
    public static func isEmpty(in installation: PostfixInstallation) -> Bool {
        entries(in: installation).isEmpty
    }

    /// Whether the table on disk leads to an address at the gate, with or without its token.
    ///
    /// The gate answers so for a list that the store does not know: the store may be the wrong
    /// one.
    public static func leads(
        to address: EmailAddress,
        in installation: PostfixInstallation
    ) -> Bool {
        let key = address.key
        let name = key[..<(key.lastIndex(of: "@") ?? key.endIndex)].prefix { $0 != "+" }
        let target = "\(name)@\(OwnNames.gateDomain)"
        return entries(in: installation).contains {
            $0.target == target || $0.address == key
        }
    }

    private static func entries(
        in installation: PostfixInstallation
    ) -> [(address: Substring, target: Substring)] {
        guard let octets = FileManager.default.contents(atPath: installation.mapPath) else {
            return []
        }
        return String(decoding: octets, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .compactMap { line in
                let words = line.split(separator: " ")
                return words.count == 2 ? (words[0], words[1]) : nil
            }
    }

    /// Whether the tables on disk contain these texts.
    func isWritten(for installation: PostfixInstallation) -> Bool {
        MapFile(path: installation.mapPath, type: installation.mapType).isIndexed
            && Self.isCurrent(installation.mapPath, text: text)
            && installation.patternPath.map { Self.isCurrent($0, text: patternText) } != false
    }

    private static func isCurrent(_ path: String, text: String) -> Bool {
        (try? Data(contentsOf: URL(filePath: path))) == Data(text.utf8)
    }

    private static func parts(_ list: EmailAddress) throws -> (name: String, domain: String) {
        // The key is in lower case because postmap writes its keys so.
        guard ListedAddresses.isUsable(list), let at = list.key.lastIndex(of: "@")
        else { throw PostfixSetupError.unusableAddress(list.description) }
        return (String(list.key[..<at]), String(list.key[list.key.index(after: at)...]))
    }

    // `regexp:` tables ignore case, and `$$` means a dollar sign.
    private static func pattern(name: String, domain: String) -> String {
        "/^\(escaped(name))[+]([^@]*)@\(escaped(domain))$/"
            + "  \(name)=\(domain)+$1@\(OwnNames.gateDomain)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if ".*+?^()[]".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
