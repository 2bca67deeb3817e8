import Foundation

/// A directory for one test.
enum Scratch {
    /// Makes it, and removes it with all that is in it.
    static func directory<Value>(_ body: (String) throws -> Value) throws -> Value {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "listseal-store-\(UUID().uuidString)").path(percentEncoded: false)
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }
}
