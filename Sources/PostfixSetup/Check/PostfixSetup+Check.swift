extension PostfixSetup {
    /// Finds settings that block list mail or send it a worse way.
    ///
    /// It changes nothing. An empty result means that no known problem was found.
    ///
    /// - Throws: ``PostfixSetupError`` if the configuration cannot be read, or if a list
    ///   address cannot be in a Postfix table.
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

/// The configuration that `check` examines; services and overrides are read once.
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
        // postscreen passes connections to the service `smtpd/pass`.
        services.contains { $0.path == service && $0.command == "smtpd" }
    }
}
