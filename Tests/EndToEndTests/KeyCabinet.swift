import Foundation

/// People's keys, each made once: a person of one host has the same key at the next.
///
/// Nothing is shared but the octets: every host has its own copy of her home.
final class KeyCabinet: @unchecked Sendable {
    static let shared = KeyCabinet()

    private let lock = NSLock()
    private let folder: String
    private var taken: Set<String> = []

    private init() {
        folder = FileManager.default.temporaryDirectory.path + "/listseal-keys.\(getpid())"
        atexit { try? FileManager.default.removeItem(atPath: KeyCabinet.shared.folder) }
    }

    /// Copies somebody's home to a place where none is, and makes it first if there is none.
    ///
    /// Who has two keys at one host, has two homes there: the second is another key.
    func take(
        _ name: String,
        _ algorithm: String,
        as home: String,
        make: (String) throws -> Void
    ) throws {
        let host = URL(filePath: home).deletingLastPathComponent().path(percentEncoded: false)
        try lock.withLock {
            var number = 1
            while !taken.insert("\(host) \(name) \(number)").inserted { number += 1 }
            let template = "\(folder)/\(name)-\(algorithm)-\(number)"
            if !FileManager.default.fileExists(atPath: template) {
                let fresh = template + ".new"
                try FileManager.default.createDirectory(
                    atPath: fresh,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
                try make(fresh)
                // Its sockets must not be copied.
                try Shell.run("gpgconf", ["--homedir", fresh, "--kill", "all"])
                try FileManager.default.moveItem(atPath: fresh, toPath: template)
            }
            try FileManager.default.createDirectory(
                atPath: host,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try FileManager.default.copyItem(atPath: template, toPath: home)
        }
    }
}
