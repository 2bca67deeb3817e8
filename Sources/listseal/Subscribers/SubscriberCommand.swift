import ArgumentParser

/// The command `listseal subscriber`.
struct SubscriberCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscriber",
        abstract: "Add, remove, show and change people of a list.",
        subcommands: [
            SubscriberAdd.self, SubscriberRemove.self, SubscriberShow.self, SubscriberSetKey.self,
            SubscriberSuspend.self, SubscriberResume.self, SubscriberModerate.self,
        ]
    )
}
