import Foundation

/// Finds filters and rules that keep posts from the milter, change or delay them.
extension CheckedConfiguration {
    static let checkParameters = [
        "header_checks", "mime_header_checks", "nested_header_checks", "body_checks",
    ]
    /// The most octets of a table in which the check searches for HOLD.
    static let maximumTableSize = 4_000_000

    func filterFindings() throws -> [Finding] {
        var result: [Finding] = []
        for (place, value) in try values(of: "smtpd_proxy_filter") {
            result.append(
                Finding(
                    .proxyFilter,
                    "\(place) has smtpd_proxy_filter=\(value): our milter never sees the end of a "
                        + "message there, and all posts come by the gate",
                    hint: "put our milter on the smtpd behind the filter"
                )
            )
        }
        for (place, value) in try values(of: "content_filter") {
            result.append(
                Finding(
                    .contentFilter,
                    "\(place) has content_filter=\(value): mail that our milter leaves passes the "
                        + "filter before it reaches the gate",
                    hint: "see that the filter changes nothing: a changed post fails its signature"
                )
            )
        }
        if try instance.expandedValue(of: "soft_bounce") == "yes" {
            result.append(
                Finding(
                    .softBounce,
                    "soft_bounce=yes: refusals become temporary, and authors' servers try for days",
                    hint: "set soft_bounce=no"
                )
            )
        }
        for parameter in Self.checkParameters {
            for (place, value) in try values(of: parameter) {
                result += holdFindings(parameter, place: place, tables: value)
            }
        }
        return result
    }

    /// The non-empty values of a parameter, in main.cf and in the site's services.
    private func values(of parameter: String) throws -> [(place: String, value: String)] {
        let main = [("main.cf", try instance.expandedValue(of: parameter))]
        let services = siteOverrides.filter { $0.parameter == parameter }
            .map { ("the service \($0.service)", $0.value) }
        return (main + services).filter { !$0.1.isEmpty }
    }

    private func holdFindings(_ parameter: String, place: String, tables: String) -> [Finding] {
        ParameterList(tables).elements.compactMap { table in
            guard holds(table) else { return nil }
            return Finding(
                .holdRule,
                "\(parameter) of \(place) has a rule with HOLD in \(table): an accepted post is "
                    + "distributed and does not stay in the hold queue",
                hint: "leave list addresses out of the rule, or moderate the list"
            )
        }
    }

    // The action of a rule is the first word after its pattern. HOLD in a comment does not
    // count.
    private func holds(_ table: String) -> Bool {
        guard let colon = table.firstIndex(of: ":") else { return false }
        let place = String(table[table.index(after: colon)...])
        guard place.hasPrefix("/") else { return place.contains(Self.holdAction) }
        guard let handle = FileHandle(forReadingAtPath: place),
            let data = try? handle.read(upToCount: Self.maximumTableSize)
        else { return false }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").contains {
            !$0.hasPrefix("#") && $0.contains(Self.holdAction)
        }
    }

    private static var holdAction: Regex<Substring> { /[\s={]HOLD(?:[\s}]|$)/.ignoresCase() }
}
