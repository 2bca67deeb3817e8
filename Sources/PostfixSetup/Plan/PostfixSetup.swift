import Foundation

/// Attaches Listseal to a Postfix instance, and takes it off again.
///
/// Everything is made on a copy with Postfix's own programs, which must accept
/// it, before a file of the site is touched. Both files are kept whole first.
public struct PostfixSetup: Sendable {
    /// What was done about a running Postfix.
    public enum Reload: String, Codable, Sendable, Hashable {
        /// It read its files anew.
        case reloaded
        /// This instance does not run.
        case notRunning
        /// Nothing was changed that it would have to read.
        case notNeeded
    }

    /// The directory of main.cf and master.cf, absolute.
    public let configDirectory: String
    /// The state directory, absolute.
    public let state: String
    let user: String?

    /// Names the instance: the system's own, if none is given.
    ///
    /// - Parameters:
    ///   - configDirectory: The directory of main.cf and master.cf.
    ///   - state: Listseal's state directory.
    ///   - user: The user that the daemon runs as; `listseal` or ourselves if nil.
    /// - Throws: ``PostfixSetupError/programMissing(_:)`` without Postfix.
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

    /// Works out what must change; touches nothing.
    ///
    /// Throws ``PostfixSetupError`` for whatever stands in the way.
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

    /// Writes what a plan says, and reloads Postfix if it runs.
    ///
    /// The order makes every moment safe: the originals are kept before a file
    /// changes, the table exists before main.cf names it (a missing one is 451
    /// for all mail of the host), and services exist before main.cf uses them.
    @discardableResult
    public func apply(_ plan: PostfixPlan) throws -> Reload {
        try Self.checkUnchanged(plan.files)
        let isRunning = try instance().isRunning()
        try files.makeDirectories(serviceUser: plan.installation.serviceUser)
        for change in plan.files {
            let name = (change.path as NSString).lastPathComponent
            try AtomicFile.write(change.original, to: files.original(name), permissions: 0o600)
            try AtomicFile.write(change.after, to: files.written(name), permissions: 0o600)
        }
        try plan.installation.save(state: state)
        var needsReload = try AddressMap.write(
            addresses: plan.addresses,
            installation: plan.installation
        )
        try SocketDirectory(installation: plan.installation).make(try instance())
        for change in plan.files.reversed() where change.isChange {
            try AtomicFile.write(change.after, to: change.path)
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
