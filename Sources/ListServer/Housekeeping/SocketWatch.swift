import Foundation
public import Logging
public import ServiceLifecycle

/// Ends when a socket of the daemon's loses its name, so that the daemon can start anew.
///
/// Somebody who cleans up the directory of the sockets makes them unreachable, and a process
/// that listens does not notice. Mail would wait for a restart.
public struct SocketWatch: Service {
    /// The seconds between two looks.
    static let interval = 5

    private let paths: [String]
    private let lost: @Sendable () -> Void
    private let logger: Logger

    /// Makes a watch over sockets that other services make.
    ///
    /// - Parameters:
    ///   - paths: The sockets.
    ///   - logger: Is told which socket is gone.
    ///   - lost: Is called before the watch ends.
    public init(paths: [String], logger: Logger, lost: @escaping @Sendable () -> Void) {
        self.paths = paths
        self.lost = lost
        self.logger = logger
    }

    /// Watches until shutdown, or until a socket that was there is gone or another file.
    public func run() async throws {
        var known: [String: UInt64] = [:]
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            let seen = try await BlockingPool().run { [paths] in
                Dictionary(uniqueKeysWithValues: paths.map { ($0, Self.number(of: $0)) })
            }
            for (path, number) in seen {
                guard let before = known[path] else {
                    known[path] = number
                    continue
                }
                guard number != before else { continue }
                logger.error("somebody has removed \(path); the daemon starts anew")
                lost()
                return
            }
        }
    }

    private static func number(of path: String) -> UInt64? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
    }
}
