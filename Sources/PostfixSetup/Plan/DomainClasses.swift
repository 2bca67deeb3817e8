import Foundation

/// Finds the domains that a site already serves, by Postfix's own rules.
///
/// - SeeAlso: [ADDRESS_CLASS_README](https://www.postfix.org/ADDRESS_CLASS_README.html)
struct DomainClasses {
    /// The parameters that give a domain its address class.
    static let parameters = [
        "mydestination", "relay_domains", "virtual_mailbox_domains", "virtual_alias_domains",
    ]
    /// The most files that a list may include, directly or through other files.
    static let maximumFiles = 32

    private let lists: [(parameter: String, text: String)]
    private let matchesSubdomains: Bool
    private let instance: PostfixInstance

    /// Reads the lists from a copy without our settings.
    ///
    /// Tables are asked with the real configuration directory.
    init(clean: PostfixInstance, real: PostfixInstance) throws {
        instance = real
        lists = try Self.parameters.map {
            let text = try clean.expandedValue(of: $0)
            return ($0, text.replacing(clean.directory + "/", with: real.directory + "/"))
        }
        matchesSubdomains = ParameterList(
            try clean.expandedValue(of: "parent_domain_matches_subdomains")
        ).elements.contains("relay_domains")
    }

    /// The parameter by which the site serves a domain; nil if it does not.
    func parameter(serving domain: String) throws -> String? {
        for (parameter, text) in lists {
            let names = parameter == "relay_domains" ? withParents(domain) : [domain]
            if try matches(names, text) { return parameter }
        }
        return nil
    }

    // The first matching pattern decides; `!` before it excludes the domain.
    private func matches(_ names: [String], _ text: String) throws -> Bool {
        var open = Array(ParameterList(text).elements.reversed())
        var files = 0
        while var pattern = open.popLast() {
            var isWanted = true
            while pattern.hasPrefix("!") {
                isWanted.toggle()
                pattern.removeFirst()
            }
            if pattern.hasPrefix("/") {
                files += 1
                guard files <= Self.maximumFiles else { continue }
                open += try Self.patterns(in: pattern).reversed().map {
                    isWanted ? $0 : "!" + $0
                }
                continue
            }
            if try isMatch(names, pattern.lowercased(), table: pattern) { return isWanted }
        }
        return false
    }

    private func isMatch(_ names: [String], _ pattern: String, table: String) throws -> Bool {
        guard table.contains(":"), !table.hasPrefix("[") else { return names.contains(pattern) }
        return try names.contains { try instance.look(up: $0, in: table) != nil }
    }

    private func withParents(_ domain: String) -> [String] {
        var result = [domain]
        var rest = Substring(domain)
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            result.append(matchesSubdomains ? String(rest) : "." + rest)
        }
        return result
    }

    private static func patterns(in path: String) throws -> [String] {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }
                .flatMap { ParameterList(String($0)).elements }
        } catch {
            throw PostfixSetupError.unreadable(path: path, reason: error.localizedDescription)
        }
    }
}
