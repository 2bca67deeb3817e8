import Foundation

/// Where everything lies that a daemon keeps: one directory, 0700.
public struct StateDirectory: Sendable, Hashable {
    /// The directory.
    public let path: String

    /// Names the directory; ``create()`` makes it.
    public init(path: String) {
        self.path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }

    /// The SQLite database.
    public var database: String { path + "/listseal.sqlite" }
    /// The key of the keyed digests, outside the database: who reads one alone
    /// learns nothing from it.
    public var digestKey: String { path + "/digest.key" }
    /// The fixed wrapper around gpg.
    public var engine: String { path + "/engine" }
    /// One line for each decision, for `listseal log`.
    public var decisions: String { path + "/decisions.jsonl" }
    /// GnuPG homes with one certificate each: a cache, rebuilt at will.
    public var certificateHomes: String { path + "/certificates" }
    /// Texts that an administrator puts in the place of those that are shipped.
    public var texts: String { path + "/texts" }
    /// Revocation certificates, to be carried off this host.
    public var revocations: String { path + "/revocations" }

    /// The GnuPG home of a list's secret key.
    ///
    /// Numbered and short: a socket's path has at most 108 octets.
    public func keyHome(of list: Int64, key number: Int = 0) -> String {
        "\(path)/keys/\(list)" + (number == 0 ? "" : "-\(number)")
    }

    /// Makes the directory and those in it, for this user alone.
    ///
    /// Throws what the file system says.
    public func create() throws {
        for directory in [path, path + "/keys", certificateHomes, revocations] {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
    }
}
