import Foundation

/// Removes our settings and services from a configuration, and keeps all others.
struct Detachment {
    let files: StateFiles
    /// The record of `setup`; without it, our settings are recognized by their names.
    let recorded: PostfixInstallation?

    /// Returns the configuration without our changes; other files stay as they are.
    func detach(_ files: ConfigurationFiles) throws -> ConfigurationFiles {
        let before = files.withLastLinesEnded
        let scratch = try ScratchConfiguration(before)
        try detach(scratch.instance)
        let after = try scratch.files()
        if after != before { try scratch.check() }
        return ConfigurationFiles(
            main: after.main == before.main ? files.main : after.main,
            master: after.master == before.master ? files.master : after.master
        )
    }

    private func detach(_ instance: PostfixInstance) throws {
        let set = try instance.settings()
        for name in Attachment.listParameters where set[name] != nil {
            try cut(name, instance)
        }
        for parameter in recorded?.expandedParameters ?? [] {
            try restore(parameter, instance)
        }
        let services = try instance.services().map(\.path)
        for service in OwnService.allCases where services.contains(service.path) {
            try instance.removeService(service.path)
        }
    }

    private func cut(_ name: String, _ instance: PostfixInstance) throws {
        let current = ParameterList(try instance.value(of: name))
        let rest = ParameterList(
            elements: current.elements.filter { element in
                !isOurs(element, in: name)
            }
        )
        guard rest != current else { return }
        let isIntroduced = recorded?.introducedParameters.contains(name) ?? true
        if isIntroduced, try rest == ParameterList(instance.defaultValue(of: name)) {
            try instance.unset(name)
        } else {
            try instance.set(name, to: rest.description)
        }
    }

    private func isOurs(_ element: String, in name: String) -> Bool {
        switch name {
        case "smtpd_milters": OwnNames.isMilter(element)
        case "virtual_alias_maps": OwnNames.isMap(element, of: files)
        case "transport_maps": OwnNames.isTransport(element)
        default: recorded?.dedicatedDomains.contains(element) ?? false
        }
    }

    private func restore(
        _ parameter: PostfixInstallation.ExpandedParameter,
        _ instance: PostfixInstance
    ) throws {
        if parameter.name.contains("/") {
            let isUntouched = try instance.overrides().contains {
                "\($0.service)/\($0.parameter)" == parameter.name && $0.value == parameter.written
            }
            if isUntouched { try instance.override(parameter.name, with: parameter.original) }
        } else if try instance.settings()[parameter.name] == parameter.written {
            try instance.set(parameter.name, to: parameter.original)
        }
    }
}
