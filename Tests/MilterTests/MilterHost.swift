import Foundation
import Logging
import Milter
import TestSupport

/// The one milter that all tests of this process share.
///
/// libmilter runs once in a process, so the client tells the sessions what to do: see
/// ``ScriptedSession``.
enum MilterHost {
    static let journal = Journal()
    static let logger = Logger(label: "milter-tests", factory: { _ in SwiftLogNoOpLogHandler() })
    private static let started = Task { await start() }

    /// The path of its socket; the milter listens there when this returns.
    static var path: String {
        get async { await started.value }
    }

    /// Opens a connection under a name that no other test uses.
    static func client(_ label: String = "client") async throws -> (MTAClient, name: String) {
        let name = uniqueName(label)
        return (try MTAClient(path: await path, client: name), name)
    }

    static func uniqueName(_ label: String) -> String { "\(label).\(UUID().uuidString)" }

    private static func start() async -> String {
        let path = temporaryPath()
        let service = MilterService(
            socket: "unix:\(path)",
            socketMode: 0o600,
            logger: logger
        ) { ScriptedSession(journal: journal) }
        Task.detached {
            do {
                try await service.run()
            } catch {
                fatalError("the shared milter has ended: \(error)")
            }
        }
        while (try? MTAClient(path: path)) == nil { await Task.yield() }
        return path
    }

    /// Short, since a unix socket's path has 107 octets at most.
    static func temporaryPath() -> String { "/tmp/milter-\(UUID().uuidString.prefix(8)).sock" }
}
