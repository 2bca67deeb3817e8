/// Why a setting was not changed.
public enum SettingRefusal: Error, Sendable, Hashable {
    /// There is no setting of this name.
    case unknown(String)
    /// Only the administrator changes it, with this command on the host.
    case onHostOnly(setting: String, command: String)
    /// The setting takes no such value.
    case badValue(setting: String, value: String, type: SettingType)
    /// Another setting contradicts it.
    case conflict(setting: String, SettingConflict)
}

extension ListSettings {
    /// Somebody who changes settings.
    public enum Changer: Sendable, Hashable {
        /// An owner of the list, by mail.
        case owner
        /// An administrator, on the host.
        case administrator
    }

    /// Changes a setting by its name, as it is typed.
    ///
    /// Mail commands and the command line call it; nothing is changed if it throws.
    public mutating func change(
        _ name: String,
        to value: String,
        by changer: Changer
    ) throws(SettingRefusal) {
        guard let setting = Self.named(name) else { throw .unknown(name) }
        if changer == .owner { try Self.checkOwner(mayChange: name, to: value) }
        var changed = self
        guard setting.set(&changed, value) else {
            throw .badValue(setting: name, value: value, type: setting.type)
        }
        if let conflict = changed.settingConflict { throw .conflict(setting: name, conflict) }
        self = changed
    }

    private static func checkOwner(
        mayChange name: String,
        to value: String
    ) throws(SettingRefusal) {
        // What a program of the host does, and where, is for who runs the host.
        if value.contains("exec:") {
            throw .onHostOnly(setting: "a step exec:", command: "listseal list set")
        }
        switch name {
        // Nobody could resume a list by mail.
        case "paused": throw .onHostOnly(setting: name, command: "listseal list pause")
        // Nor does an owner decide who writes under a domain's name.
        case "original_domains": throw .onHostOnly(setting: name, command: "listseal list set")
        default: break
        }
    }
}
