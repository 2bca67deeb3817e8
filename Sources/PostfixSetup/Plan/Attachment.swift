import Foundation

/// Adds our settings and services to a copy of a configuration.
struct Attachment {
    /// The list parameters of main.cf to which we add an element.
    static let listParameters = [
        "smtpd_milters", "virtual_alias_maps", "virtual_alias_domains", "transport_maps",
    ]
    /// Postfix's default message size limit in octets, for a site without a limit.
    static let usualMessageSize = 10_240_000

    let real: PostfixInstance
    let files: StateFiles
    let serviceUser: String
    let addresses: ListedAddresses

    /// Attaches the configuration `base`, and returns the record of the changes.
    ///
    /// Decisions depend on `clean`, the same configuration without our changes. Settings
    /// of `base` that are already correct stay as they are.
    func attach(
        _ base: PostfixInstance,
        clean: PostfixInstance,
        recorded: PostfixInstallation?
    ) throws -> PostfixInstallation {
        let installation = try self.installation(clean: clean)
        var result = installation
        result.expandedParameters =
            try expandMilterReferences(base, clean: clean)
            + (recorded?.expandedParameters ?? [])
        try put("smtpd_milters", [OwnNames.milter], base, isOurs: OwnNames.isMilter)
        try put(
            "virtual_alias_maps",
            ["\(installation.mapType):\(installation.mapPath)"]
                + (installation.patternPath.map { ["regexp:\($0)"] } ?? []),
            base,
            isOurs: { OwnNames.isMap($0, of: files) }
        )
        let dedicated = installation.dedicatedDomains + (recorded?.dedicatedDomains ?? [])
        try put(
            "virtual_alias_domains",
            installation.dedicatedDomains,
            base,
            isOurs: dedicated.contains
        )
        try put("transport_maps", [OwnNames.transport], base, isOurs: OwnNames.isTransport)
        try defineServices(base, clean: clean)
        return result
    }

    private func installation(clean: PostfixInstance) throws -> PostfixInstallation {
        let classes = try DomainClasses(clean: clean, real: real)
        let queue = absolutePath(try clean.expandedValue(of: "queue_directory"))
        let set = try clean.settings()
        let result = PostfixInstallation(
            configurationDirectory: real.directory,
            queueDirectory: queue,
            milterSocket: "\(queue)/\(OwnNames.milterSocket)",
            gateSocket: "\(queue)/\(OwnNames.gateSocket)",
            wayBackSocket: "\(queue)/\(OwnNames.wayBackSocket)",
            mapPath: files.map,
            mapType: try clean.expandedValue(of: "default_database_type"),
            patternPath: try Self.needsPatterns(clean) ? files.patterns : nil,
            gateDomain: OwnNames.gateDomain,
            dedicatedDomains: try addresses.domains.filter {
                try classes.parameter(serving: $0) == nil
            },
            serviceUser: serviceUser,
            expandedParameters: [],
            introducedParameters: Self.listParameters.filter { set[$0] == nil }
        )
        for path in [result.milterSocket, result.gateSocket, result.wayBackSocket]
        where path.utf8.count > OwnNames.maximumSocketPath {
            throw PostfixSetupError.socketPathTooLong(path)
        }
        return result
    }

    /// Whether addresses with tokens, such as `LIST-bounces+TOKEN`, need their own table.
    ///
    /// Without a recipient delimiter such an address is unknown. With `-` as a delimiter
    /// Postfix reads it as the list with an extension, and a bounce becomes a post.
    static func needsPatterns(_ instance: PostfixInstance) throws -> Bool {
        try instance.expandedValue(of: "recipient_delimiter") != "+"
            || !ParameterList(try instance.expandedValue(of: "propagate_unmatched_extensions"))
                .elements.contains("virtual")
    }

    /// The site's milters for mail from this host, without references to parameters.
    ///
    /// Copies pass these milters. If the site has none for such mail, copies pass the
    /// milters for mail from outside, because the DKIM signer is among them.
    static func wayBackMilters(_ instance: PostfixInstance) throws -> String {
        for name in ["non_smtpd_milters", "smtpd_milters"] {
            let others = ParameterList(try instance.expandedValue(of: name)).elements
                .filter { !OwnNames.isMilter($0) }
            if !others.isEmpty { return ParameterList(elements: others).withoutBlanks }
        }
        return ""
    }

    private func put(
        _ name: String,
        _ ours: [String],
        _ base: PostfixInstance,
        isOurs: (String) -> Bool
    ) throws {
        let current = ParameterList(try base.value(of: name))
        let wanted = ParameterList(elements: current.elements.filter { !isOurs($0) } + ours)
        guard wanted != current else { return }
        try base.set(name, to: wanted.description)
    }

    /// Replaces references to `$smtpd_milters` by its value, before our milter is added.
    ///
    /// The usual `non_smtpd_milters = $smtpd_milters` would make our milter handle local
    /// mail from pickup, where a message that is refused stays in the maildrop.
    private func expandMilterReferences(
        _ base: PostfixInstance,
        clean: PostfixInstance
    ) throws -> [PostfixInstallation.ExpandedParameter] {
        let name = "smtpd_milters"
        let milters = try clean.value(of: name)
        var result: [PostfixInstallation.ExpandedParameter] = []
        for (parameter, text) in try base.settings().sorted(by: { $0.key < $1.key })
        where parameter != name && ParameterReferences.names(in: text).contains(name) {
            let written =
                try ParameterReferences.replacing(name, in: text, with: milters)
                ?? clean.expandedValue(of: parameter)
            try base.set(parameter, to: written)
            result.append(.init(name: parameter, original: text, written: written))
        }
        let literal = ParameterList(try clean.expandedValue(of: name)).withoutBlanks
        for override in try base.overrides()
        where ParameterReferences.names(in: override.value).contains(name) {
            guard OwnService.allCases.allSatisfy({ $0.path != override.service }),
                let written = ParameterReferences.replacing(
                    name,
                    in: override.value,
                    with: literal
                )
            else { continue }
            let path = "\(override.service)/\(override.parameter)"
            try base.override(path, with: written)
            result.append(
                .init(
                    name: path,
                    original: override.value,
                    written: ParameterList(written).withoutBlanks
                )
            )
        }
        return result
    }

    private func defineServices(_ base: PostfixInstance, clean: PostfixInstance) throws {
        let limit = Int(try clean.expandedValue(of: "message_size_limit")) ?? 0
        let size = limit > 0 ? limit : Self.usualMessageSize
        let (free, isTooMuch) = size.multipliedReportingOverflow(by: 3)
        let settings: [(OwnService, [OwnService.Setting])] = [
            (
                .wayBack,
                OwnService.wayBackSettings(
                    milters: try Self.wayBackMilters(clean),
                    minimumFree: isTooMuch ? size : free
                )
            ),
            (.cleanup, OwnService.cleanupSettings),
            (.gate, OwnService.gateSettings),
        ]
        for (service, settings) in settings where try !base.has(service, settings) {
            try base.define(service, settings)
        }
    }
}

extension PostfixInstance {
    /// Whether a service of ours exists exactly as wanted.
    func has(_ service: OwnService, _ settings: [OwnService.Setting]) throws -> Bool {
        let line = service.line.split(separator: " ")
        let fields = try ExternalProgram("postconf")
            .output(["-c", directory, "-M", service.path])
            .split(whereSeparator: \.isWhitespace)
        guard Array(fields.prefix(line.count)) == line else { return false }
        let overrides = try self.overrides().filter { $0.service == service.path }
        return Set(overrides.map { OwnService.Setting($0.parameter, $0.value) }) == Set(settings)
    }
}
