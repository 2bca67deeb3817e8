import Foundation

/// Users and groups of this host, by name.
enum SystemAccount {
    /// The user that the packages create.
    static let usual = "listseal"

    /// The user of this process.
    static var current: String { NSUserName() }

    /// The service user: the named one, else ``usual`` if it exists, else the current user.
    ///
    /// - Throws: ``PostfixSetupError/unknownUser(_:)`` if the named user does not exist.
    static func serviceUser(named name: String?) throws -> String {
        if let name {
            guard try exists(name) else { throw PostfixSetupError.unknownUser(name) }
            return name
        }
        return try exists(usual) ? usual : current
    }

    static func exists(_ user: String) throws -> Bool {
        try ExternalProgram("id").run(["-u", "--", user]).status == 0
    }

    /// The user's primary group.
    static func group(of user: String) throws -> String {
        try ExternalProgram("id").output(["-gn", "--", user])
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// All groups of the user.
    static func groups(of user: String) throws -> [String] {
        try ExternalProgram("id").output(["-Gn", "--", user])
            .split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Makes a user the owner of a file; does nothing if the user already is.
    ///
    /// Only root can do this, and only root needs it: files that another user makes belong
    /// to that user.
    static func giveAway(_ path: String, to user: String, group: String? = nil) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let group = try group ?? self.group(of: user)
        guard
            attributes[.ownerAccountName] as? String != user
                || attributes[.groupOwnerAccountName] as? String != group
        else { return }
        try FileManager.default.setAttributes(
            [.ownerAccountName: user, .groupOwnerAccountName: group],
            ofItemAtPath: path
        )
    }
}
