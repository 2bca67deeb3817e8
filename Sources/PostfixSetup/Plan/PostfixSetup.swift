import Foundation
import Unix

/// Attaches Listseal to a Postfix instance, checks it, and detaches it.
///
/// Postfix's own programs edit a copy of the configuration and must accept it, before
/// a file of the site changes. A copy of both original files is stored first.
public struct PostfixSetup: Sendable {
    /// Whether Postfix was reloaded.
    public enum Reload: String, Codable, Sendable, Hashable {
        /// Postfix has reloaded its configuration.
        case reloaded
        /// This Postfix instance is not running.
        case notRunning
        /// Nothing changed that Postfix reads.
        case notNeeded
    }

    /// The directory of main.cf and master.cf, absolute.
    public let configDirectory: String
    /// The state directory, absolute.
    public let state: String
    let user: String?

    /// Selects a Postfix instance, without reading its configuration.
    ///
    /// - Parameters:
    ///   - configDirectory: The directory of main.cf and master.cf; nil for the system's.
    ///   - state: Listseal's state directory.
    ///   - user: The user that the daemon runs as. Nil selects the user of the last set-up,
    ///     else `listseal` if that user exists, else the current user.
    /// - Throws: ``PostfixSetupError/programMissing(_:)`` if Postfix is not installed.
    public init(configDirectory: String? = nil, state: String, user: String? = nil) throws {
        self.configDirectory = absolutePath(
            try configDirectory ?? PostfixInstance.usualDirectory()
        )
        self.state = absolutePath(state)
        self.user = user
    }

    var files: StateFiles { StateFiles(state: state) }

    func instance() throws -> PostfixInstance {
        try PostfixInstance(directory: configDirectory)
    }

    /// Plans a set-up without changing anything.
    ///
    /// - Throws: ``PostfixSetupError`` if the configuration cannot be read, if Postfix
    ///   refuses the changed copy, or if a list address cannot be in a Postfix table.
    public func plan(addresses: ListedAddresses) throws -> PostfixPlan {
        let stored = try StoredConfiguration(files: files, configDirectory: configDirectory)
        let clean = try stored.clean()
        let cleanScratch = try ScratchConfiguration(clean)
        let base = stored.isUntouched ? clean : stored.current
        let scratch = try ScratchConfiguration(base.withLastLinesEnded)
        let attachment = Attachment(
            real: try instance(),
            files: files,
            serviceUser: try SystemAccount.serviceUser(named: user ?? stored.recorded?.serviceUser),
            addresses: addresses
        )
        let installation = try attachment.attach(
            scratch.instance,
            clean: cleanScratch.instance,
            recorded: stored.isUntouched ? nil : stored.recorded
        )
        try scratch.check()
        let map = try AddressMap(
            addresses: addresses,
            dedicatedDomains: installation.dedicatedDomains
        )
        return PostfixPlan(
            installation: installation,
            files: PostfixPlan.FileChange.both(
                in: configDirectory,
                before: stored.current,
                after: try scratch.files(),
                original: clean
            ),
            addresses: addresses,
            isMapChanged: !map.isWritten(for: installation),
            notes: Self.notes(installation, addresses: addresses)
        )
    }

    /// Applies a plan, and reloads Postfix if it runs.
    ///
    /// The order keeps Postfix working at every moment. The originals are stored before a
    /// file changes. The table exists before main.cf names it, because a missing table
    /// causes 451 for all mail of the host. Services exist before main.cf uses them.
    ///
    /// - Throws: ``PostfixSetupError/changedMeanwhile(path:)`` if a file was edited after
    ///   the plan was made, and other errors if a file cannot be written.
    @discardableResult
    public func apply(_ plan: PostfixPlan) throws -> Reload {
        try Self.checkUnchanged(plan.files)
        let isRunning = try instance().isRunning()
        try files.makeDirectories(serviceUser: plan.installation.serviceUser)
        for change in plan.files {
            let name = (change.path as NSString).lastPathComponent
            try DurableFile.rewrite(files.original(name), change.original, mode: 0o600)
            try DurableFile.rewrite(files.written(name), change.after, mode: 0o600)
        }
        try plan.installation.save(state: state)
        var needsReload = try AddressMap.write(
            addresses: plan.addresses,
            installation: plan.installation
        )
        try SocketDirectory(installation: plan.installation).make(try instance())
        for change in plan.files.reversed() where change.isChange {
            try DurableFile.rewrite(change.path, change.after)
            needsReload = true
        }
        return try reload(if: needsReload, isRunning: isRunning)
    }

    func reload(if isNeeded: Bool, isRunning: Bool) throws -> Reload {
        guard isRunning else { return .notRunning }
        guard isNeeded else { return .notNeeded }
        try instance().reload()
        return .reloaded
    }

    static func checkUnchanged(_ files: [PostfixPlan.FileChange]) throws {
        for change in files
        where try Data(contentsOf: URL(filePath: change.path)) != change.before {
            throw PostfixSetupError.changedMeanwhile(path: change.path)
        }
    }

    private static func notes(
        _ installation: PostfixInstallation,
        addresses: ListedAddresses
    ) -> [String] {
        let dedicated = Set(installation.dedicatedDomains)
        return addresses.domains.map {
            dedicated.contains($0)
                ? "\($0) is served by its lists alone: postmaster@ and abuse@ go to their owners"
                : "\($0) is shared with other mailboxes: only the lists' addresses are taken"
        }
            + installation.expandedParameters.map {
                "\($0.name) referred to $smtpd_milters and is written out: \($0.written)"
            }
            + (installation.patternPath == nil
                ? []
                : [
                    "recipient_delimiter is not '+': addresses with tokens get a regexp: table, "
                        + "and Postfix must be reloaded after 'list create'"
                ])
    }
}
