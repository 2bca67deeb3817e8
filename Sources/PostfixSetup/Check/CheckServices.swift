/// Finds services in master.cf that override a setting that we need.
extension CheckedConfiguration {
    func serviceFindings() throws -> [Finding] {
        var result: [Finding] = []
        for override in siteOverrides {
            result += finding(override)
        }
        result += overrideOptions(
            try instance.expandedValue(of: "receive_override_options"),
            "main.cf",
            isEverywhere: true
        )
        return result
    }

    private func finding(_ override: PostfixInstance.Override) -> [Finding] {
        let place = "the service \(override.service)"
        switch override.parameter {
        case "smtpd_milters" where isSMTPServer(override.service):
            let milters = ParameterList(override.value).elements
            // An after-filter service has an empty list: its mail has already
            // passed the milters.
            guard !milters.contains(where: OwnNames.isMilter),
                !ParameterReferences.names(in: override.value).contains("smtpd_milters")
            else { return [] }
            return [
                Finding(
                    .serviceOverrides,
                    "\(place) has its own smtpd_milters (\(override.value)): posts that come by "
                        + "it are judged at the gate, and refusals are not told in the dialogue",
                    hint: "append '\(ParameterList(OwnNames.milter).withoutBlanks)' to it, "
                        + "or drop the override"
                )
            ]
        case "receive_override_options":
            return overrideOptions(override.value, place, isEverywhere: false)
        case "virtual_alias_maps", "virtual_alias_domains", "transport_maps":
            return [
                Finding(
                    .serviceOverrides,
                    "\(place) has its own \(override.parameter) (\(override.value)): list "
                        + "addresses may be unknown to it",
                    hint: "drop the override, or add to it what main.cf has"
                )
            ]
        default:
            return []
        }
    }

    private func overrideOptions(_ text: String, _ place: String, isEverywhere: Bool) -> [Finding] {
        let options = ParameterList(text).elements
        var result: [Finding] = []
        if options.contains("no_address_mappings") {
            result.append(
                Finding(
                    .serviceOverrides,
                    "\(place) sets no_address_mappings: what our milter leaves there does not "
                        + "find the gate",
                    hint: isEverywhere
                        ? "take it out of main.cf"
                        : "fine if a filter behind it hands the mail "
                            + "back to a service without it; otherwise take it out"
                )
            )
        }
        if options.contains("no_milters") {
            result.append(
                Finding(
                    .serviceOverrides,
                    "\(place) sets no_milters: posts that come by it are judged at the gate, and "
                        + "refusals are not told in the dialogue",
                    hint: "fine behind a content filter; otherwise take it out"
                )
            )
        }
        return result
    }
}
