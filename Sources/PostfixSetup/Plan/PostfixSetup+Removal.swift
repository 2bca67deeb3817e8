import Foundation

extension PostfixSetup {
    /// Works out what a removal would do; touches nothing.
    ///
    /// Throws ``PostfixSetupError/notAttached(state:)`` if nothing is recorded.
    public func planRemoval() throws -> PostfixRemoval {
        let stored = try StoredConfiguration(files: files, configDirectory: configDirectory)
        guard let recorded = stored.recorded else {
            throw PostfixSetupError.notAttached(state: state)
        }
        let clean = try stored.clean()
        return PostfixRemoval(
            files: PostfixPlan.FileChange.both(
                in: configDirectory,
                before: stored.current,
                after: clean,
                original: clean
            ),
            isByteIdentical: stored.isUntouched,
            installation: recorded
        )
    }

    /// Takes us off: puts the kept files back if nobody has edited them since,
    /// else cuts out only what is ours.
    ///
    /// Mail for lists that still waits in Postfix's queue would bounce to its
    /// authors, so it stops the removal unless forced.
    @discardableResult
    public func remove(isForced: Bool = false) throws -> PostfixRemoval {
        let removal = try planRemoval()
        if !isForced {
            let waiting = try instance().messagesWaiting(for: OwnNames.gateDomain)
            guard waiting == 0 else { throw PostfixSetupError.mailWaiting(count: waiting) }
        }
        try Self.checkUnchanged(removal.files)
        let isRunning = try instance().isRunning()
        // main.cf first: it must not name services that are gone.
        for change in removal.files where change.isChange {
            try AtomicFile.write(change.after, to: change.path)
        }
        _ = try reload(if: removal.files.contains(where: \.isChange), isRunning: isRunning)
        // Only now: a process with the old main.cf would miss its table.
        for path in [files.installation, files.originals, files.written, files.addresses]
        where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
        SocketDirectory(installation: removal.installation).removeIfUnused()
        return removal
    }
}

extension PostfixInstance {
    private struct QueuedMessage: Decodable {
        struct Recipient: Decodable {
            let address: String
        }

        let recipients: [Recipient]
    }

    /// How many messages in the queue have a recipient in a domain.
    func messagesWaiting(for domain: String) throws -> Int {
        // A Postfix that was never started has no queue to ask.
        let queue = try expandedValue(of: "queue_directory")
        guard FileManager.default.fileExists(atPath: queue + "/incoming") else { return 0 }
        let decoder = JSONDecoder()
        return try ExternalProgram("postqueue").output(["-c", directory, "-j"])
            .split(separator: "\n")
            .map { try decoder.decode(QueuedMessage.self, from: Data($0.utf8)) }
            .count { message in
                message.recipients.contains { $0.address.lowercased().hasSuffix("@" + domain) }
            }
    }
}
