import Foundation

/// The directory of our sockets below Postfix's queue directory.
///
/// It belongs to the service user and Postfix's group, with mode 2750. Sockets in it
/// inherit the group. With umask 007 only Postfix can connect, and no user has to
/// join a group.
struct SocketDirectory {
    static let permissions = 0o2750

    let installation: PostfixInstallation

    var path: String { installation.queueDirectory + "/" + OwnNames.socketDirectory }

    /// Makes the directory, or corrects the owner and mode of an existing one.
    func make(_ instance: PostfixInstance) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            try files.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try SystemAccount.giveAway(
            path,
            to: installation.serviceUser,
            group: try Self.group(of: instance)
        )
        // Set the mode after the owner: chown clears the set-group-id bit.
        try files.setAttributes([.posixPermissions: Self.permissions], ofItemAtPath: path)
    }

    /// Removes the directory if it is empty, so that a running daemon keeps its sockets.
    func removeIfUnused() {
        guard (try? FileManager.default.contentsOfDirectory(atPath: path)) == [] else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The group of the user that Postfix's processes run as.
    static func group(of instance: PostfixInstance) throws -> String {
        try SystemAccount.group(of: try instance.expandedValue(of: "mail_owner"))
    }

    /// The reason why Postfix cannot reach a socket in this directory; nil if it can.
    func problem(with socket: String, group: String) -> String? {
        guard let directory = try? FileManager.default.attributesOfItem(atPath: path) else {
            return "the directory \(path) is missing"
        }
        guard Self.allows(directory, group: group, bits: 0o1) else {
            return "Postfix (group \(group)) may not enter \(path)"
        }
        guard let file = try? FileManager.default.attributesOfItem(atPath: socket),
            file[.type] as? FileAttributeType == .typeSocket
        else { return "there is no socket \(socket)" }
        guard Self.allows(file, group: group, bits: 0o2) else {
            return "Postfix (group \(group)) may not write to \(socket)"
        }
        return nil
    }

    private static func allows(
        _ attributes: [FileAttributeKey: Any],
        group: String,
        bits: Int
    ) -> Bool {
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        return mode & bits == bits
            || attributes[.groupOwnerAccountName] as? String == group
                && mode & (bits << 3) == bits << 3
    }
}
