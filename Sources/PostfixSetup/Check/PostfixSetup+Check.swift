extension PostfixSetup {
    /// Looks for what keeps list mail from its way, or gives it a worse one.
    ///
    /// It reads only. An empty result means that nothing known was found.
    /// Throws ``PostfixSetupError`` if the configuration cannot be read at all.
    public func check(addresses: ListedAddresses) throws -> [Finding] {
        guard let installation = try PostfixInstallation.load(state: state),
            installation.configurationDirectory == configDirectory
        else {
            return [
                Finding(
                    .notAttached,
                    "\(configDirectory) is not attached to \(state)",
                    hint: "run 'listseal postfix setup'"
                )
            ]
        }
        let instance = try instance()
        if let finding = try CircularMilters.finding(instance) { return [finding] }
        let configuration = try CheckedConfiguration(
            instance: instance,
            installation: installation,
            files: files
        )
        let map = try AddressMap(
            addresses: addresses,
            dedicatedDomains: installation.dedicatedDomains
        )
        return try configuration.attachmentFindings() + configuration.milterFindings()
            + configuration.serviceFindings() + configuration.filterFindings()
            + configuration.addressFindings() + configuration.mapFindings(map, addresses: addresses)
            + configuration.socketFindings()
    }
}

/// A configuration as `check` looks at it: everything is read once.
struct CheckedConfiguration {
    let instance: PostfixInstance
    let installation: PostfixInstallation
    let files: StateFiles
    let services: [PostfixInstance.Service]
    let overrides: [PostfixInstance.Override]

    init(instance: PostfixInstance, installation: PostfixInstallation, files: StateFiles) throws {
        self.instance = instance
        self.installation = installation
        self.files = files
        services = try instance.services()
        overrides = try instance.overrides()
    }

    /// The overrides of services that are not ours.
    var siteOverrides: [PostfixInstance.Override] {
        overrides.filter { override in
            OwnService.allCases.allSatisfy { $0.path != override.service }
        }
    }

    func list(_ name: String) throws -> [String] {
        ParameterList(try instance.expandedValue(of: name)).elements
    }

    func isSMTPServer(_ service: String) -> Bool {
        // postscreen and the stock service hand over to `smtpd pass`.
        services.contains { $0.path == service && $0.command == "smtpd" }
    }
}
