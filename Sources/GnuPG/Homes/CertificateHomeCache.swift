import Crypto
import Foundation
import Glibc
import NIOConcurrencyHelpers
import OpenPGP

/// The folders of ``CertificateHomes``, named by what is in them.
///
/// Each value has a folder of its own with a lock on it, so that a second process
/// never takes a home away in the midst of a verification. Folders whose process
/// is gone are removed by the next one.
final class CertificateHomeCache: Sendable {
    private struct State {
        /// Our own folder, once it is made, and the descriptor that locks it.
        var folder: (path: String, lock: Int32)?
        /// How many operations use a home now; 0 if it only waits.
        var users: [String: Int] = [:]
        /// Names, the one used longest ago first.
        var order: [String] = []
    }

    /// How often a folder is made until it is really ours.
    private static let tries = 3

    private let directory: String
    private let capacity: Int
    private let state = NIOLockedValueBox(State())

    init(directory: String, capacity: Int) {
        self.directory = directory
        self.capacity = capacity
    }

    deinit {
        guard let folder = state.withLockedValue({ $0.folder }) else { return }
        try? FileManager.default.removeItem(atPath: folder.path)
        close(folder.lock)
    }

    /// Does something in a home, which is written first if it is not there.
    func withHome<Result>(
        of certificate: [UInt8],
        _ operation: OpenPGPError.Operation,
        _ work: (String) throws(OpenPGPError) -> Result
    ) throws(OpenPGPError) -> Result {
        let name = SHA256.hash(data: certificate).prefix(16)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let home = try state.withLockedValue { state in
            Swift.Result { () throws(OpenPGPError) in
                let home = try folder(&state, operation) + "/" + name
                // Whoever empties the cache must not turn good signatures into
                // signatures by an unknown key.
                if !FileManager.default.fileExists(atPath: home + "/pubring.gpg") {
                    try Self.write(certificate, into: home, operation)
                }
                state.order.removeAll { $0 == name }
                state.order.append(name)
                state.users[name, default: 0] += 1
                evict(&state)
                return home
            }
        }.get()
        defer { state.withLockedValue { $0.users[name, default: 1] -= 1 } }
        return try work(home)
    }

    private func evict(_ state: inout State) {
        while state.order.count > capacity, let folder = state.folder?.path,
            let index = state.order.firstIndex(where: { state.users[$0] == 0 })
        {
            let name = state.order.remove(at: index)
            state.users[name] = nil
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    private func folder(
        _ state: inout State,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> String {
        if let folder = state.folder {
            if FileManager.default.fileExists(atPath: folder.path) { return folder.path }
            close(folder.lock)
            state.folder = nil
        }
        try PrivateDirectory.prepare(directory, operation)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
            let path = directory + "/" + name
            guard let lock = Self.lock(path) else { continue }
            try? FileManager.default.removeItem(atPath: path)
            close(lock)
        }
        // Another process may take a folder for abandoned before it is locked.
        for _ in 0..<Self.tries {
            let path = directory + "/" + String(UUID().uuidString.prefix(8))
            try PrivateDirectory.prepare(path, operation)
            guard let lock = Self.lock(path) else { continue }
            guard FileManager.default.fileExists(atPath: path) else {
                close(lock)
                continue
            }
            state.folder = (path, lock)
            return path
        }
        throw OpenPGPError.system(EAGAIN, operation)
    }

    private static func lock(_ path: String) -> Int32? {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    // pubring.gpg, the ring of old: packets one after another, as they are in the
    // store. A key box could only be made by an import.
    private static func write(
        _ certificate: [UInt8],
        into home: String,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) {
        try PrivateDirectory.prepare(home, operation)
        try PrivateDirectory.write(
            Array(GnuPGHomeFiles.certificateConfiguration.utf8),
            to: home + "/gpg.conf",
            mode: 0o600,
            operation
        )
        try PrivateDirectory.write(certificate, to: home + "/pubring.gpg", mode: 0o600, operation)
    }
}
