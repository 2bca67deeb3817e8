/// Checks that the settings and services that `setup` made still exist.
extension CheckedConfiguration {
    func attachmentFindings() throws -> [Finding] {
        var result: [Finding] = []
        let setUp = "run 'listseal postfix setup' again; it shows the difference first"
        if try !list("smtpd_milters").contains(where: OwnNames.isMilter) {
            result.append(
                Finding(
                    .incomplete,
                    "smtpd_milters does not name our milter: all posts come by the gate, and "
                        + "refusals are not told to their authors",
                    hint: setUp
                )
            )
        }
        let map = "\(installation.mapType):\(installation.mapPath)"
        if try !list("virtual_alias_maps").contains(map) {
            result.append(
                Finding(
                    .incomplete,
                    "virtual_alias_maps does not name \(map): list addresses are unknown",
                    hint: setUp
                )
            )
        }
        if try !list("transport_maps").contains(where: OwnNames.isTransport) {
            result.append(
                Finding(
                    .incomplete,
                    "transport_maps does not name the gate: what the milter does not take bounces",
                    hint: setUp
                )
            )
        }
        let paths = services.map(\.path)
        for service in OwnService.allCases where !paths.contains(service.path) {
            result.append(
                Finding(
                    .incomplete,
                    "master.cf has no service \(service.rawValue)",
                    hint: setUp
                )
            )
        }
        return result + (try wayBackFindings())
    }

    private func wayBackFindings() throws -> [Finding] {
        let wayBack = overrides.first {
            $0.service == OwnService.wayBack.path && $0.parameter == "smtpd_milters"
        }
        let wanted = try Attachment.wayBackMilters(instance)
        guard let wayBack, wayBack.value != wanted else { return [] }
        return [
            Finding(
                .wayBackMilters,
                "copies pass the milters '\(wayBack.value)', the site's are '\(wanted)': "
                    + "a DKIM signature may be missing",
                hint: "run 'listseal postfix setup' again: the list is literal on purpose"
            )
        ]
    }
}
