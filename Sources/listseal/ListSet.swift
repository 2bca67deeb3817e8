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
        let settings = try change(target, in: administration.store)
        let shown = ListSettings.named(name)?.value(settings) ?? value
        let report = try ListReport(administration.list(at: list), administration)
        try output.print(report, or: ["\(name) = \(shown)"])
    }
    private func change(_ target: MailingList, in store: any ListStore) throws -> ListSettings {
        do {
            return try store.changeSettings(of: target.id) { try $0.change(name, to: value) }
        } catch let error as SettingChangeError {
            switch error {
            case .unknown:
                throw CommandFailure(
                    "there is no setting \(name)",
                    hint: "there are " + ListSettings.table.map(\.name).joined(separator: ", ")
                )
            case .invalid(let type):
                throw CommandFailure("\(name) cannot be \(value)", hint: "it takes \(type)")
            case .conflict(let conflict):
                throw CommandFailure(
                    "\(name) was not changed: \(conflict)",
                    hint: "'listseal list show \(target.address)' prints all settings"
                )
            }
        }
    }
}
