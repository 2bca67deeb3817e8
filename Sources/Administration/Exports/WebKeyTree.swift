import Foundation

/// The files of a Web Key Directory that we have written, among those of others.
///
/// A domain's people have their keys in the same folders: what may be removed is what a
/// list of our own says that we wrote.
struct WebKeyTree {
    /// Names what we wrote; the web server's user must not read it, since a directory
    /// answers who asks for an address, and tells nobody which there are.
    private static let manifest = ".listseal"

    private let folder: URL
    private let ours: Set<String>

    /// Finds what an earlier run wrote.
    ///
    /// Throws ``ActFailure`` if the list of it cannot be read.
    init(at path: String) throws {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        let list = folder.appending(path: Self.manifest)
        guard FileManager.default.fileExists(atPath: list.path(percentEncoded: false)) else {
            ours = []
            return
        }
        do {
            ours = Set(
                try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
                    .map(String.init).filter(Self.isName)
            )
        } catch {
            throw Self.failure(list, error)
        }
    }

    /// Writes these files, by their paths below the folder, and removes what we wrote
    /// before and is not among them.
    ///
    /// Throws ``ActFailure`` at the first that cannot be written; what was known to be
    /// ours still is.
    func replace(with files: [String: Data]) throws {
        try makeDirectory(folder)
        try list(ours.union(files.keys))
        for (file, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let hashed = folder.appending(path: file).deletingLastPathComponent()
            let domain = hashed.deletingLastPathComponent()
            try makeDirectory(domain)
            try makeDirectory(hashed)
            // Its presence says that there is a directory; it may be empty.
            let policy = domain.appending(path: "policy")
            if !FileManager.default.fileExists(atPath: policy.path(percentEncoded: false)) {
                try write(Data(), to: policy, mode: 0o644)
            }
            try write(bytes, to: folder.appending(path: file), mode: 0o644)
        }
        for file in ours.subtracting(files.keys) {
            let path = folder.appending(path: file).path(percentEncoded: false)
            guard FileManager.default.fileExists(atPath: path) else { continue }
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw Self.failure(folder.appending(path: file), error)
            }
        }
        try list(Set(files.keys))
    }

    private func list(_ names: Set<String>) throws {
        try write(
            Data(names.sorted().map { $0 + "\n" }.joined().utf8),
            to: folder.appending(path: Self.manifest),
            mode: 0o600
        )
    }

    // DOMAIN/hu/NAME, which leads nowhere else.
    private static func isName(_ path: String) -> Bool {
        let words = path.split(separator: "/", omittingEmptySubsequences: false)
        return words.count == 3 && words[1] == "hu"
            && [words[0], words[2]].allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
    }

    // A web server reads them as another user, whatever our umask is.
    private func makeDirectory(_ url: URL) throws {
        let path = url.path(percentEncoded: false)
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        } catch {
            throw Self.failure(url, error)
        }
    }

    private func write(_ bytes: Data, to url: URL, mode: Int) throws {
        do {
            try bytes.write(to: url, options: .atomic)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: url.path(percentEncoded: false)
            )
        } catch {
            throw Self.failure(url, error)
        }
    }

    private static func failure(_ url: URL, _ error: any Error) -> ActFailure {
        ActFailure(
            .file,
            "\(url.path(percentEncoded: false)) cannot be written: \(error.localizedDescription)",
            hint: "name a folder that you may write to"
        )
    }
}
