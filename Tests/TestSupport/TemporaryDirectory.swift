import Foundation

/// A directory of one test's own, removed with the value.
///
/// Under /tmp and short, since a socket's path has at most 107 octets.
public final class TemporaryDirectory: Sendable {
    /// The directory, 0700.
    public let path: String

    /// Makes an empty directory.
    public init() throws {
        path = "/tmp/ls-\(UUID().uuidString.prefix(8).lowercased())"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path in the directory; nothing is made.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file and gives its path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }
}
