import Administration
import ArgumentParser
import MailingList

/// The command `listseal list show`.
struct ListShow: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a list, its key and its settings."
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.show(list)
    }

    func lines(of list: ListReport) -> [String] {
        [
            "list         \(list.address)",
            list.aliases.isEmpty ? nil : "aliases      \(list.aliases.joined(separator: ", "))",
            "list-id      \(list.listID)",
            "key          \(list.fingerprint)",
            list.previousFingerprint.map { key in
                "key before   \(key) until \(list.previousEnds?.readable ?? "")"
            },
            "created      \(list.created.readable)",
            "owners       \(list.owners.joined(separator: ", "))",
        ].compactMap(\.self)
            + ListSettings.table.map { setting in
                "\(setting.name) = \(list.settings[setting.name] ?? "")   (\(setting.summary))"
            }
    }
}

/// The command `listseal lists`.
struct Lists: ActCommand {
    static let configuration = CommandConfiguration(abstract: "Print all lists.")

    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[ListReport]> { try host.lists() }

    func lines(of lists: [ListReport]) -> [String] {
        lists.map { "\($0.address)  \($0.fingerprint)" }
    }
}
