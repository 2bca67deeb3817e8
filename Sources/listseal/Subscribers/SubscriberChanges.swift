import ArgumentParser
import MailingList

/// The command `listseal subscriber set-key`.
struct SubscriberSetKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-key",
        abstract: "Replace a person's key, or update it if it is the same."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @Option(help: "Her public key, a file.")
    var key: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let subscriber = try administration.subscriber(address, of: target)
        let certificate = try administration.certificate(
            in: key,
            updating: subscriber.certificate
        )
        do {
            if let old = subscriber.certificate {
                try administration.store.replace(old, by: certificate, of: subscriber.id)
            } else {
                try administration.store.setCertificate(certificate, of: subscriber.id)
            }
        } catch ListStoreError.keyInUse {
            throw SubscriberAdd.keyInUse(key)
        } catch ListStoreError.outdated {
            throw CommandFailure(
                "her key was changed by somebody else just now",
                hint: "'listseal subscriber show \(target.address) \(address)' prints it"
            )
        }
        let report = SubscriberReport(try administration.subscriber(address, of: target))
        try output.print(report, or: [report.line])
    }
}

/// The command `listseal subscriber suspend`.
struct SubscriberSuspend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Stop the copies of a person; she stays on the list."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try SubscriberDelivery.set(.suspended, of: address, in: list, state, output)
    }
}

/// The command `listseal subscriber resume`.
struct SubscriberResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a person have copies of later posts again."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try SubscriberDelivery.set(.active, of: address, in: list, state, output)
    }
}

private enum SubscriberDelivery {
    static func set(
        _ delivery: Subscriber.Delivery,
        of address: String,
        in list: String,
        _ state: StateOptions,
        _ output: OutputOptions
    ) throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let subscriber = try administration.subscriber(address, of: target)
        try administration.store.setDelivery(delivery, of: subscriber.id)
        let report = SubscriberReport(try administration.subscriber(address, of: target))
        try output.print(report, or: [report.line])
    }
}
