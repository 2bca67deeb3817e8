import ArgumentParser
import MailingList

/// The command `listseal list set`.
struct ListSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change a setting of a list.",
        discussion: ListSettings.table
            .map { "\($0.name): \($0.summary) \($0.type)." }
            .joined(separator: "\n")
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The name of the setting.")
    var name: String
    @Argument(help: "Its new value.")
    var value: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        guard let setting = ListSettings.table.first(where: { $0.name == name }) else {
            throw CommandFailure(
                "there is no setting \(name)",
                hint: "there are " + ListSettings.table.map(\.name).joined(separator: ", ")
            )
        }
        var settings = target.settings
        guard setting.set(&settings, value) else {
            throw CommandFailure(
                "\(name) cannot be \(value)",
                hint: "it takes \(setting.type)"
            )
        }
        if let conflict = settings.conflict {
            throw CommandFailure(
                "\(name) was not changed: \(conflict)",
                hint: "'listseal list show \(target.address)' prints all settings"
            )
        }
        try administration.store.update(settings, of: target.id)
        let report = try ListReport(administration.list(at: list), administration)
        try output.print(report, or: ["\(name) = \(setting.value(settings))"])
    }
}
