/// The reason why a set-up, a check or a removal stopped.
public enum PostfixSetupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A program is not installed on this host.
    case programMissing(String)
    /// A program ended with an error.
    case programFailed(command: String, status: Int32, output: String)
    /// Postfix's own programs refuse the changed copy.
    case refusedByPostfix(output: String)
    /// The state directory belongs to another instance.
    case attachedElsewhere(recorded: String, asked: String)
    /// The state directory has no record of a set-up.
    case notAttached(state: String)
    /// A file was edited between the plan and its application.
    case changedMeanwhile(path: String)
    /// Another user could have written a file that must be trusted.
    case untrusted(path: String, owner: String)
    /// A file cannot be read.
    case unreadable(path: String, reason: String)
    /// An address cannot be in a Postfix table.
    case unusableAddress(String)
    /// A socket's path is longer than the system allows.
    case socketPathTooLong(String)
    /// The host has no such user.
    case unknownUser(String)
    /// Mail for lists is still in Postfix's queue.
    case mailWaiting(count: Int)

    /// The message for the administrator: what happened, what is safe, what to do next.
    public var description: String {
        switch self {
        case .programMissing(let name):
            "\(name) was not found. Nothing was changed. Install Postfix (Debian: package postfix)."
        case .programFailed(let command, let status, let output):
            "'\(command)' ended with status \(status): \(output)\n"
                + "main.cf and master.cf were not touched by it. "
                + "Correct what it says, then run the same command again."
        case .refusedByPostfix(let output):
            "Postfix does not accept the changed copy of its configuration: \(output)\n"
                + "The real files were not touched. Correct what it says, then run setup again."
        case .attachedElsewhere(let recorded, let asked):
            "This state directory is attached to \(recorded), not to \(asked). Nothing was "
                + "changed. Remove it there first, or name another state directory with --state."
        case .notAttached(let state):
            "No Postfix is attached to \(state). Nothing was changed. "
                + "Run 'listseal postfix setup', or name the right directory with --state."
        case .changedMeanwhile(let path):
            "\(path) was edited while the change was prepared. It was not touched. "
                + "Run the same command again."
        case .untrusted(let path, let owner):
            "\(path) could have been written by somebody else (it belongs to \(owner)), so it is "
                + "not believed. Nothing was changed. Run as its owner, or look at it and move it "
                + "away."
        case .unreadable(let path, let reason):
            "\(path) cannot be read: \(reason). Nothing was changed. Correct or remove it."
        case .unusableAddress(let address):
            "\(address) cannot stand in a Postfix table. The table was not changed. "
                + "Give the list a name of letters, digits, '-', '_' and '.'."
        case .socketPathTooLong(let path):
            "\(path) is longer than a socket's path may be. Nothing was changed. "
                + "Give this Postfix instance a shorter queue_directory."
        case .unknownUser(let name):
            "There is no user \(name). Nothing was changed. Make it (the package does, or "
                + "'systemd-sysusers'), or name another one with --user."
        case .mailWaiting(let count):
            "\(count) messages for lists wait in Postfix's queue and would bounce. Nothing was "
                + "changed. Let the daemon run until 'postqueue -p' shows none, or add --drain."
        }
    }
}
