import Foundation
import NIOConcurrencyHelpers

/// GnuPG homes with a key in them, each made once for a process, and copied from then on.
///
/// Making a key takes longer than most of what is tested with it. Two homes of a kind that
/// are in use at the same time have different keys; what a test does to its copy, no other
/// test sees.
public final class KeyCabinet: Sendable {
    /// That of the process.
    public static let shared = KeyCabinet()

    /// A copy that is in use.
    public struct Loan: Sendable {
        /// What was noted of the key when it was made.
        public let note: String
        fileprivate let name: String
    }

    private struct Template {
        let path: String
        let note: String
    }

    private struct State {
        var templates: [String: Template] = [:]
        var lent: Set<String> = []
    }

    private let folder = "/tmp/ls-keys.\(getpid())"
    private let state = NIOLockedValueBox(State())

    private init() {
        atexit { try? FileManager.default.removeItem(atPath: KeyCabinet.shared.folder) }
    }

    /// Copies a home into a directory, which is made if it is not there.
    ///
    /// - Parameters:
    ///   - kind: says all of how the key is made.
    ///   - owner: among whose homes no second one has the same key.
    ///   - home: the directory.
    ///   - make: makes a home in a directory, which is empty, and gives what is to be noted
    ///     of the key.
    /// - Returns: the note, and what gives the key free again.
    /// - Throws: what making and copying throw.
    public func take(
        _ kind: String,
        for owner: String = "",
        into home: String,
        make: (String) throws -> String
    ) throws -> Loan {
        try state.withLockedValue { state in
            var number = 1
            while state.lent.contains("\(owner)\n\(kind)\n\(number)") { number += 1 }
            let template = try template("\(kind)\n\(number)", &state, make)
            try makeDirectory(home)
            for item in try FileManager.default.contentsOfDirectory(atPath: template.path)
            where !item.hasPrefix("S.") && !item.hasPrefix(".#") && !item.hasSuffix(".lock") {
                try FileManager.default.copyItem(
                    atPath: "\(template.path)/\(item)",
                    toPath: "\(home)/\(item)"
                )
            }
            let name = "\(owner)\n\(kind)\n\(number)"
            state.lent.insert(name)
            return Loan(note: template.note, name: name)
        }
    }

    /// Gives a key free: its copy is gone.
    public func giveBack(_ loan: Loan) {
        _ = state.withLockedValue { $0.lent.remove(loan.name) }
    }

    private func template(
        _ name: String,
        _ state: inout State,
        _ make: (String) throws -> String
    ) throws -> Template {
        if let template = state.templates[name] { return template }
        // Short, for the sake of sockets.
        let path = "\(folder)/\(state.templates.count)"
        try makeDirectory(path)
        let template = Template(path: path, note: try make(path))
        _ = try TestProgram.run(["gpgconf", "--homedir", path, "--kill", "all"])
        state.templates[name] = template
        return template
    }

    private func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }
}
