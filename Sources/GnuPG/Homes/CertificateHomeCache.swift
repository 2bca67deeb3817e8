import Crypto
import Foundation
import Glibc
import NIOConcurrencyHelpers
import OpenPGP

/// The cached homes of ``CertificateHomes``, named by a hash of their certificates.
///
/// Each value has its own folder and locks it, so that another process never removes a home
/// during a verification. A process removes the folders of processes that have ended.
final class CertificateHomeCache: Sendable {
    private struct State {
        /// The folder of this value, once it is created, and the descriptor that locks it.
        var folder: (path: String, lock: Int32)?
        /// The number of operations that use each home; 0 if it is idle.
        var users: [String: Int] = [:]
        /// The names of the homes, the least recently used one first.
        var order: [String] = []
    }

    /// The number of attempts to create and lock a folder.
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

    /// Runs work in a home, which is written first if it does not exist.
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
                // The files are compared each time. If somebody emptied or damaged the cache,
                // good signatures would otherwise become signatures by an unknown key.
                try Self.write(certificate, into: home, operation)
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
        // Another process may remove the new folder before it is locked.
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

    // pubring.gpg has the old format: packets one after another, as the store keeps them. A
    // keybox could only be written by an import.
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
