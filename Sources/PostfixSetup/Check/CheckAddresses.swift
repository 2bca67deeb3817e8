/// Checks that Postfix knows the list addresses, leaves them to us, and keeps them.
extension CheckedConfiguration {
    func addressFindings() throws -> [Finding] {
        var result: [Finding] = []
        let delimiter = try instance.expandedValue(of: "recipient_delimiter")
        let needsPatterns = try Attachment.needsPatterns(instance)
        if needsPatterns {
            let hasPatterns = try installation.patternPath.map {
                try list("virtual_alias_maps").contains("regexp:\($0)")
            }
            result.append(
                Finding(
                    .recipientDelimiter,
                    "recipient_delimiter is '\(delimiter)', or virtual aliases lose extensions: "
                        + (hasPatterns == true
                            ? "addresses with tokens work by a regexp: table"
                            : "bounces and confirmations are unknown or taken for posts"),
                    hint: hasPatterns == true
                        ? "set recipient_delimiter=+, or reload Postfix after 'list create'"
                        : "set recipient_delimiter=+, or run 'listseal postfix setup' again"
                )
            )
        }
        if try instance.expandedValue(of: "enable_original_recipient") == "no" {
            result.append(
                Finding(
                    .originalRecipient,
                    "enable_original_recipient=no: our milter cannot take a list out of a message "
                        + "with other recipients, so the gate gets it once more",
                    hint: "set enable_original_recipient=yes"
                )
            )
        }
        return result
    }

    func mapFindings(_ map: AddressMap, addresses: ListedAddresses) throws -> [Finding] {
        var result: [Finding] = []
        if !map.isWritten(for: installation) {
            result.append(
                Finding(
                    .outdatedMap,
                    "\(installation.mapPath) does not say what the lists are now",
                    hint: "run 'listseal postfix setup' again"
                )
            )
        }
        let classes = try DomainClasses(clean: instance, real: instance)
        for domain in addresses.domains where try classes.parameter(serving: domain) == nil {
            result.append(
                Finding(
                    .unknownDomain,
                    "Postfix takes no mail for \(domain)",
                    hint: "run 'listseal postfix setup' again: it makes the domain known"
                )
            )
        }
        return result + (try shadowFindings(map))
    }

    // Postfix asks the tables in their order for the whole address, and uses the first
    // answer. A catch-all regexp of the site before our table redirects list mail.
    private func shadowFindings(_ map: AddressMap) throws -> [Finding] {
        let maps = try list("virtual_alias_maps")
        let inFront = maps.prefix { !OwnNames.isMap($0, of: files) }
        var result: [Finding] = []
        for table in inFront {
            for address in map.addresses {
                guard let answer = try instance.look(up: address, in: table) else { continue }
                result.append(
                    Finding(
                        .shadowedAddress,
                        "\(table) answers '\(answer)' for \(address) before our table is asked",
                        hint: "take the address out of that table, or rename the list"
                    )
                )
            }
        }
        return result
    }
}
