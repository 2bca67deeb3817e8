import Foundation
import Unix

/// The paths of a daemon's files, all below one directory of mode 0700.
public struct StateDirectory: Sendable, Hashable {
    /// The directory.
    public let path: String

    /// Names the directory; ``create()`` makes it.
    public init(path: String) {
        self.path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }

    /// The SQLite database.
    public var database: String { path + "/listseal.sqlite" }
    /// The key of the keyed digests.
    ///
    /// It is outside the database, so that neither file alone reveals digested values.
    public var digestKey: String { path + "/digest.key" }
    /// The fixed wrapper around gpg.
    public var engine: String { path + "/engine" }
    /// The outcome log, one line for each message, for `listseal log`.
    public var decisions: String { path + "/decisions.jsonl" }
    /// The file that the daemon locks while it serves.
    var lock: String { path + "/serve.lock" }
    /// GnuPG homes with one certificate each; a cache that can be deleted.
    public var certificateHomes: String { path + "/certificates" }
    /// Texts of the administrator that replace the shipped ones.
    public var texts: String { path + "/texts" }
    /// Revocation certificates, which the administrator should move to another host.
    public var revocations: String { path + "/revocations" }

    /// The file that says that this state has a database.
    public var marker: String { path + "/in-use" }
    /// The folder of the daemon's own sockets.
    public var run: String { path + "/run" }
    /// The socket on which the daemon answers questions about its health.
    public var healthSocket: String { run + "/health.sock" }

    /// The GnuPG home of a list's secret key.
    ///
    /// The path has numbers to be short: a socket's path has at most 107 octets.
    public func keyHome(of list: Int64, key number: Int = 0) -> String {
        "\(path)/keys/\(list)" + (number == 0 ? "" : "-\(number)")
    }

    /// Makes the directory and its subdirectories, accessible to this user only.
    ///
    /// - Throws: An error of the file system.
    public func create() throws {
        for directory in [path, path + "/keys", certificateHomes, revocations, run] {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
    }

    /// A file that shows that lists were kept here; nil if the directory is new.
    ///
    /// Where there is one, a missing database is a loss and never a beginning.
    public var signOfUse: String? {
        let files = FileManager.default
        if let file = [marker, digestKey].first(where: files.fileExists) { return file }
        let homes = (try? files.contentsOfDirectory(atPath: path + "/keys")) ?? []
        return homes.sorted().first.map { path + "/keys/" + $0 }
    }

    /// Notes on disk that this state has a database, which is on disk with its folder then.
    ///
    /// - Throws: An error of the file system.
    public func markAsUsed() throws {
        guard !FileManager.default.fileExists(atPath: marker) else { return }
        let text = "Lists are kept here. Without the database listseal.sqlite nothing starts.\n"
        try DurableFile.create(marker, Data(text.utf8), mode: 0o600)
        try DurableFile.syncFolder(of: path)
    }
}
