import Foundation

/// What lies in `STATE/postfix`, and who may write it.
///
/// Root later puts the stored originals back and believes the installation, so
/// both belong to whoever ran `setup`. Only `addresses/` belongs to the service
/// user, because `list create` runs as that user; the unit file mounts all of
/// `STATE/postfix` read-only for the daemon, which would otherwise be able to
/// redirect any mail of the host by a line in the table.
struct StateFiles {
    let state: String

    init(state: String) {
        self.state = absolutePath(state)
    }

    var directory: String { state + "/postfix" }
    var installation: String { directory + "/installation.json" }
    var originals: String { directory + "/original" }
    var written: String { directory + "/written" }
    var addresses: String { directory + "/addresses" }
    var map: String { addresses + "/addresses" }
    var patterns: String { addresses + "/tokens" }

    func original(_ file: String) -> String { originals + "/" + file }
    func written(_ file: String) -> String { written + "/" + file }

    /// Makes `STATE/postfix`, and above it only what is missing.
    func makeDirectory() throws {
        try Self.make(state, permissions: 0o700)
        try Self.make(directory, permissions: 0o755)
    }

    /// Makes all directories, with the owners that the type's comment explains.
    func makeDirectories(serviceUser: String) throws {
        try makeDirectory()
        try handOver(to: serviceUser)
        try Self.make(originals, permissions: 0o700)
        try Self.make(written, permissions: 0o700)
        try Self.make(addresses, permissions: 0o755)
        try SystemAccount.giveAway(addresses, to: serviceUser)
    }

    /// The octets of a kept file; nil if there is none.
    ///
    /// Throws ``PostfixSetupError/untrusted(path:owner:)`` if somebody other
    /// than the one who now asks could have written it.
    func trusted(_ path: String) throws -> Data? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let owner = attributes[.ownerAccountName] as? String ?? "nobody"
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard owner == SystemAccount.current, mode & 0o022 == 0,
            attributes[.type] as? FileAttributeType == .typeRegular
        else { throw PostfixSetupError.untrusted(path: path, owner: owner) }
        return try Data(contentsOf: URL(filePath: path))
    }

    /// Gives a state directory that root made to the service user.
    ///
    /// A database that root opened first is one that the daemon cannot write.
    /// Only while the directory is still ours alone can nobody have put a link
    /// into it, so that handing over what lies in it is safe.
    private func handOver(to serviceUser: String) throws {
        let owner = try FileManager.default.attributesOfItem(atPath: state)[.ownerAccountName]
        guard owner as? String == SystemAccount.current, serviceUser != SystemAccount.current
        else { return }
        let group = try SystemAccount.group(of: serviceUser)
        let own = (directory as NSString).lastPathComponent
        for name in try FileManager.default.contentsOfDirectory(atPath: state) where name != own {
            try ExternalProgram("chown").output(
                ["-R", "-h", "--", "\(serviceUser):\(group)", state + "/" + name]
            )
        }
        try SystemAccount.giveAway(state, to: serviceUser)
    }

    private static func make(_ path: String, permissions: Int) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: permissions]
        )
        // The umask has had its say; the mode is what was asked for.
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
}

/// A path from the root: `postfix -c` with a relative one silently does nothing.
func absolutePath(_ path: String) -> String {
    var result = URL(filePath: path).absoluteURL.standardizedFileURL.path(percentEncoded: false)
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return result
}
