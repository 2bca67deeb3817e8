/// Why a setting keeps its value.
public enum SettingChangeError: Error, Sendable, Hashable {
    /// There is no setting of this name.
    case unknown
    /// The setting does not take this value; what it takes, in words.
    case invalid(type: String)
    /// With the other settings of the list this value makes no sense; why.
    case conflict(String)
}

extension ListSettings {
    /// Changes one setting by its name, as `list set` and the mail command `set` do.
    ///
    /// Inside ``ListRecords/changeSettings(of:_:)`` it is judged by the settings that are
    /// stored then, so that two changes at once cannot make a conflict together.
    public mutating func change(
        _ name: String,
        to value: String
    ) throws(SettingChangeError) {
        guard let setting = Self.named(name) else { throw .unknown }
        var settings = self
        guard setting.set(&settings, value) else { throw .invalid(type: setting.type) }
        if let conflict = settings.conflict { throw .conflict(conflict) }
        self = settings
    }
}
