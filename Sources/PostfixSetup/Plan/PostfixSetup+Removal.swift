import Foundation
import Unix

extension PostfixSetup {
    /// Plans a removal without changing anything.
    ///
    /// - Throws: ``PostfixSetupError/notAttached(state:)`` if no set-up is recorded, and
    ///   other cases if the configuration cannot be read or edited.
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

    /// Detaches Listseal from Postfix.
    ///
    /// It restores the stored files if nobody has edited main.cf and master.cf since, and
    /// otherwise removes only our changes. List mail in Postfix's queue would bounce after
    /// that.
    ///
    /// - Parameter isForced: Whether to go on although list mail is in the queue.
    /// - Returns: The changes that were made.
    /// - Throws: ``PostfixSetupError/mailWaiting(count:)`` if list mail is in the queue,
    ///   and other cases if a file cannot be read or written.
    @discardableResult
    public func remove(isForced: Bool = false) throws -> PostfixRemoval {
        let removal = try planRemoval()
        if !isForced {
            let waiting = try instance().messagesWaiting(for: OwnNames.gateDomain)
            guard waiting == 0 else { throw PostfixSetupError.mailWaiting(count: waiting) }
        }
        try Self.checkUnchanged(removal.files)
        let isRunning = try instance().isRunning()
        // main.cf comes first, because it must not name a service that is gone.
        for change in removal.files where change.isChange {
            try DurableFile.rewrite(change.path, change.after)
        }
        _ = try reload(if: removal.files.contains(where: \.isChange), isRunning: isRunning)
        // The table goes last: a process with the old main.cf still needs it.
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

    /// The number of messages in the queue with a recipient in a domain.
    func messagesWaiting(for domain: String) throws -> Int {
        // A Postfix instance that was never started has no queue.
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
