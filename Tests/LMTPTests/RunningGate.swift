import Foundation
import Logging
import NIOConcurrencyHelpers
import SMTP
import ServiceLifecycle
import TestSupport

@testable import LMTP

/// A handler that answers by a closure, and keeps the requests.
final class RecordingHandler: LMTPHandler {
    private let recorded = NIOLockedValueBox<[LMTPMessage]>([])
    private let answer: @Sendable (LMTPMessage) -> [SMTPReply]

    var messages: [LMTPMessage] { recorded.withLockedValue { $0 } }

    init(
        answer: @escaping @Sendable (LMTPMessage) -> [SMTPReply] = { message in
            message.envelope.recipients.map { _ in SMTPReply(250, nil, "Ok") }
        }
    ) {
        self.answer = answer
    }

    func recipient(
        _ address: EmailAddress?,
        argument: String,
        client: LMTPClient
    ) -> SMTPReply {
        address?.localPart.hasPrefix("nobody") ?? true
            ? SMTPReply(550, EnhancedStatusCode(5, 1, 1), "No such list here")
            : SMTPReply(250, EnhancedStatusCode(2, 1, 5), "Ok")
    }

    func message(_ message: LMTPMessage) -> [SMTPReply] {
        recorded.withLockedValue { $0.append(message) }
        return answer(message)
    }
}

/// Runs an LMTP server for the time of a test.
enum RunningGate {
    /// Runs a server; the body gets its socket, and the way to shut it down.
    static func run(
        limits: LMTPLimits = LMTPLimits(),
        handler: any LMTPHandler,
        _ body: @escaping @Sendable (SocketPath, ServiceGroup) async throws -> Void
    ) async throws {
        try await SocketFolder.run { directory in
            let socket = SocketPath.unix(path: directory + "/lmtp.sock")
            try await run(at: socket, limits: limits, handler: handler, body)
        }
    }

    /// Runs a server at this socket.
    static func run(
        at socket: SocketPath,
        limits: LMTPLimits = LMTPLimits(),
        handler: any LMTPHandler,
        _ body: @escaping @Sendable (SocketPath, ServiceGroup) async throws -> Void
    ) async throws {
        var logger = Logger(label: "gate")
        logger.logLevel = .error
        let server = LMTPServer(
            socket: socket,
            limits: limits,
            threads: 2,
            logger: logger,
            handler: handler
        )
        let services = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            group.addTask {
                try await untilAnswered(socket)
                try await body(socket, services)
                await services.triggerGracefulShutdown()
            }
            // Not waitForAll(), which waits for the server before it throws.
            for try await _ in group {}
        }
    }

    /// Waits until a server listens there.
    static func untilAnswered(_ socket: SocketPath) async throws {
        var lastError: (any Error)?
        for _ in 0..<500 {
            do {
                return try await RawClient.connect(to: socket) { client in
                    try await client.send("QUIT\r\n")
                    _ = try await client.codesToEnd()
                }
            } catch {
                lastError = error
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        if let lastError { throw lastError }
    }
}
