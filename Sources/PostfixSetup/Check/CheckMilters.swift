/// Finds milter lists that refer to each other in a circle.
///
/// With such a list every Postfix program stops ("unreasonable macro call nesting"),
/// including `postconf -n`. The check recognizes it by that error message.
enum CircularMilters {
    static func finding(_ instance: PostfixInstance) throws -> Finding? {
        do {
            _ = try instance.settings()
            _ = try instance.overrides()
            return nil
        } catch PostfixSetupError.programFailed(_, _, let output)
            where output.contains("macro call nesting")
        {
            return Finding(
                .circularMilters,
                "parameters refer to each other in a circle, and all mail gets 451: \(output)",
                hint: "write the milters of one of them out in \(instance.directory)/main.cf "
                    + "or master.cf"
            )
        }
    }
}

/// Checks that posts reach our milter, and that it is the last one.
extension CheckedConfiguration {
    func milterFindings() throws -> [Finding] {
        var result: [Finding] = []
        let milters = try list("smtpd_milters")
        if let position = milters.firstIndex(where: OwnNames.isMilter),
            position != milters.count - 1
        {
            result.append(
                Finding(
                    .milterNotLast,
                    "\(milters[position + 1]) comes behind our milter: it could refuse a post "
                        + "that is accepted already",
                    hint: "run 'listseal postfix setup' again, it moves our milter to the end"
                )
            )
        }
        if try list("non_smtpd_milters").contains(where: OwnNames.isMilter) {
            result.append(
                Finding(
                    .circularMilters,
                    "non_smtpd_milters names our milter: refused local mail stays in maildrop",
                    hint: "run 'listseal postfix setup' again, it writes the other milters out"
                )
            )
        }
        let maps = try instance.expandedValue(of: "smtpd_milter_maps")
        if !maps.isEmpty {
            result.append(
                Finding(
                    .milterMaps,
                    "smtpd_milter_maps (\(maps)) chooses other milters for some clients: their "
                        + "posts come by the gate",
                    hint: "harmless for localhost; leave list posts' clients out of it"
                )
            )
        }
        return result
    }
}
