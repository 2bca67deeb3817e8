import Foundation

/// A folder with a name that is short enough for the path of a UNIX socket.
package enum SocketFolder {
    /// A directory of this test's own, gone afterwards.
    package static func run<Result>(
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let directory = "/tmp/listseal-gate-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try await body(directory)
    }
}
