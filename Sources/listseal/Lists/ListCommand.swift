import ArgumentParser

/// The command `listseal list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Make, show, change and delete a list.",
        subcommands: [
            ListCreate.self, ListShow.self, ListSet.self, ListRename.self, ListAlias.self,
            ListExportKey.self,
            ListPause.self, ListResume.self, ListRenewKey.self, ListRotateKey.self,
            ListRevokeKey.self, ListDelete.self,
        ]
    )
}
