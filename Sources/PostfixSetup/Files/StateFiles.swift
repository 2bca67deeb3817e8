import Foundation

/// The paths below `STATE/postfix`, and their owners.
///
/// Root later restores the stored originals and trusts the installation record, so
/// both belong to the user that ran `setup`. Only `addresses/` belongs to the service
/// user, because `list create` runs as that user. The unit file mounts `STATE/postfix`
/// read-only for the daemon: with write access to the table the daemon could redirect
/// any mail of the host.
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

    /// Makes `STATE/postfix`, and missing directories above it.
    func makeDirectory() throws {
        try Self.make(state, permissions: 0o700)
        try Self.make(directory, permissions: 0o755)
    }

    /// Makes all directories, with the owners that ``StateFiles`` explains.
    func makeDirectories(serviceUser: String) throws {
        try makeDirectory()
        try handOver(to: serviceUser)
        try Self.make(originals, permissions: 0o700)
        try Self.make(written, permissions: 0o700)
        try Self.make(addresses, permissions: 0o755)
        try SystemAccount.giveAway(addresses, to: serviceUser)
    }

    /// The octets of a stored file; nil if the file does not exist.
    ///
    /// - Throws: ``PostfixSetupError/untrusted(path:owner:)`` if another user than the
    ///   current one could have written it.
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

    /// Makes the service user the owner of a state directory that root made.
    ///
    /// The daemon cannot write a database that root made. The change is safe only while
    /// the directory still belongs to us: another owner could have put a link into it.
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
        // Set the mode again, because the umask has changed it.
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
}

/// The absolute form of a path: `postfix -c` with a relative path does nothing.
func absolutePath(_ path: String) -> String {
    var result = URL(filePath: path).absoluteURL.standardizedFileURL.path(percentEncoded: false)
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return result
}
