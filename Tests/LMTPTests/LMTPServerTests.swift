import Foundation
import Logging
import NIOCore
import NIOPosix
import SMTP
import ServiceLifecycle
import TestSupport
import Testing

@testable import LMTP

@Suite("LMTP server")
struct LMTPServerTests {
    private static let start = "LHLO mx.example\r\nMAIL FROM:<a@out.example>\r\n"
    private static let ready = start + "RCPT TO:<list=lists.example@listseal.invalid>\r\nDATA\r\n"

    @Test("A whole session in one write is answered in order, and ends with 221")
    func pipelined() async throws {
        let handler = RecordingHandler()
        try await RunningGate.run(handler: handler) { socket, _ in
            try await RawClient.connect(to: socket) { client in
                try await client.send(
                    Self.start + "RCPT TO:<nobody@listseal.invalid>\r\nRCPT TO:<a@b>\r\nDATA\r\n"
                        + "x\r\n.\r\nQUIT\r\n"
                )
                let codes = try await client.codesToEnd()
                #expect(codes == [220, 250, 250, 550, 250, 354, 250, 221])
            }
        }
        #expect(handler.messages.map(\.bytes) == [Array("x\r\n".utf8)])
    }

    @Test("A bare line feed around a dot cannot smuggle a second message")
    func smuggling() async throws {
        let handler = RecordingHandler()
        try await RunningGate.run(handler: handler) { socket, _ in
            try await RawClient.connect(to: socket) { client in
                try await client.send(Self.ready)
                let smuggled = "MAIL FROM:<evil@x>\r\nRCPT TO:<a@b>\r\nDATA\r\nevil\r\n"
                try await client.send("a\n.\r\n\(smuggled)b\r\n.\n\(smuggled)c\r.\r\n\(smuggled)")
                try await client.send(".\r\nQUIT\r\n")
                let codes = try await client.codesToEnd()
                #expect(codes == [220, 250, 250, 250, 354, 250, 221])
            }
        }
        #expect(handler.messages.count == 1)
    }

    @Test(
        "Garbage ends its connection, and the server continues",
        arguments: [
            ("GET / HTTP/1.1\nHost: x\n\n", [220, 500]),
            (String(repeating: "x", count: 100_000), [220, 500]),
            (
                String(repeating: "HELP\r\n", count: 1000),
                [220] + [Int](repeating: 500, count: 19) + [421]
            ),
        ]
    )
    func garbage(_ text: String, _ expected: [Int]) async throws {
        try await RunningGate.run(handler: RecordingHandler()) { socket, _ in
            try await RawClient.connect(to: socket) { client in
                try? await client.send(text)
                let codes = try await client.codesToEnd()
                #expect(codes == expected)
            }
            try await RawClient.connect(to: socket) { client in
                try await client.send("QUIT\r\n")
                let codes = try await client.codesToEnd()
                #expect(codes == [220, 221])
            }
        }
    }

    @Test("A client that is silent or sends single octets slowly gets 421")
    func timeouts() async throws {
        var limits = LMTPLimits()
        limits.commandTimeout = .milliseconds(300)
        limits.dataTimeout = .milliseconds(300)
        try await RunningGate.run(limits: limits, handler: RecordingHandler()) { socket, _ in
            for beginning in ["", "LHLO mx", Self.ready + "half a line"] {
                try await RawClient.connect(to: socket) { client in
                    try await client.send(beginning)
                    let codes = try await client.codesToEnd()
                    #expect(codes.last == 421)
                }
            }
            try await RawClient.connect(to: socket) { client in
                for _ in 0..<100 {
                    guard (try? await client.send("x")) != nil else { break }
                    try await Task.sleep(for: .milliseconds(50))
                }
                let codes = try await client.codesToEnd()
                #expect(codes == [220, 421])
            }
        }
    }

    @Test("A client that sends a message too slowly is disconnected")
    func drippedMessage() async throws {
        var limits = LMTPLimits()
        limits.messageTimeout = .milliseconds(300)
        try await RunningGate.run(limits: limits, handler: RecordingHandler()) { socket, _ in
            try await RawClient.connect(to: socket) { client in
                try await client.send(Self.ready)
                for _ in 0..<100 {
                    guard (try? await client.send("x\r\n")) != nil else { break }
                    try await Task.sleep(for: .milliseconds(50))
                }
                let codes = try await client.codesToEnd()
                #expect(codes == [220, 250, 250, 250, 354, 421])
            }
        }
    }

    @Test("A connection above the limit gets 421, and its place is free afterwards")
    func connections() async throws {
        var limits = LMTPLimits()
        limits.connections = 1
        try await RunningGate.run(limits: limits, handler: RecordingHandler()) { socket, _ in
            // The place of an earlier connection may be given back late.
            var isServed = false
            while !isServed {
                isServed = try await RawClient.connect(to: socket) { first in
                    guard try await first.codes(1) == [220] else { return false }
                    try await RawClient.connect(to: socket) { second in
                        let codes = try await second.codesToEnd()
                        #expect(codes == [421])
                    }
                    return true
                }
            }
        }
    }

    @Test("A message above the shared memory limit gets 452, and memory is released later")
    func octets() async throws {
        var limits = LMTPLimits()
        limits.bufferedOctets = 300_000
        let handler = RecordingHandler()
        let large = String(repeating: String(repeating: "x", count: 998) + "\r\n", count: 200)
        try await RunningGate.run(limits: limits, handler: handler) { socket, _ in
            try await RawClient.connect(to: socket) { first in
                try await first.send(Self.ready)
                _ = try await first.codes(5)
                try await first.send(large)
                try await RawClient.connect(to: socket) { second in
                    try await second.send(Self.ready)
                    _ = try await second.codes(5)
                    // The later message is refused, but never both of them.
                    try await second.send(large + ".\r\n")
                    let refused = try await second.codes(1)
                    try await first.send(".\r\n")
                    let taken = try await first.codes(1)
                    #expect(Set(refused + taken).isSubset(of: [250, 452]))
                    #expect((refused + taken).contains(452))
                    try await second.send(
                        "MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n\(large).\r\nQUIT\r\n"
                    )
                    let codes = try await second.codesToEnd()
                    #expect(codes == [250, 250, 354, 250, 221])
                }
            }
        }
    }

    @Test("Shutdown replies to the accepted message and closes waiting connections")
    func gracefulShutdown() async throws {
        let entered = DispatchSemaphore(value: 0)
        let released = DispatchSemaphore(value: 0)
        let handler = RecordingHandler { message in
            entered.signal()
            released.wait()
            return message.envelope.recipients.map { _ in SMTPReply(250, nil, "kept") }
        }
        try await RunningGate.run(handler: handler) { socket, services in
            try await RawClient.connect(to: socket) { idle in
                _ = try await idle.codes(1)
                try await RawClient.connect(to: socket) { half in
                    try await half.send(Self.ready + "half")
                    _ = try await half.codes(5)
                    try await RawClient.connect(to: socket) { busy in
                        try await busy.send(Self.ready)
                        _ = try await busy.codes(5)
                        try await busy.send("x\r\n.\r\n")
                        await wait(for: entered)
                        await services.triggerGracefulShutdown()
                        let ended = try await idle.codesToEnd() + half.codesToEnd()
                        #expect(ended == [421, 421])
                        released.signal()
                        let answers = try await busy.codesToEnd()
                        #expect(answers == [250, 421])
                    }
                }
            }
            await #expect(throws: (any Error).self) {
                try await RawClient.connect(to: socket) { _ in }
            }
        }
    }

    @Test("A handler that hangs does not block shutdown, and its message gets no reply")
    func hangingHandler() async throws {
        var limits = LMTPLimits()
        limits.shutdownGrace = .milliseconds(100)
        let entered = DispatchSemaphore(value: 0)
        let released = DispatchSemaphore(value: 0)
        let handler = RecordingHandler { message in
            entered.signal()
            released.wait()
            return []
        }
        try await RunningGate.run(limits: limits, handler: handler) { socket, services in
            try await RawClient.connect(to: socket) { client in
                try await client.send(Self.ready)
                _ = try await client.codes(5)
                try await client.send("x\r\n.\r\n")
                await wait(for: entered)
                await services.triggerGracefulShutdown()
                let codes = try await client.codesToEnd()
                #expect(codes.isEmpty)
            }
        }
        released.signal()
    }

    @Test("A cancelled server ends, even with connected clients", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        try await SocketFolder.run { directory in
            let socket = SocketPath.unix(path: directory + "/lmtp.sock")
            let server = LMTPServer(
                socket: socket,
                threads: 1,
                logger: Logger(label: "server"),
                handler: RecordingHandler()
            )
            let task = Task { try await server.run() }
            try await RunningGate.untilAnswered(socket)
            try await RawClient.connect(to: socket) { client in
                _ = try await client.codes(1)
                task.cancel()
                let codes = try await client.codesToEnd()
                #expect(codes.isEmpty)
            }
            _ = await task.result
        }
    }

    @Test("A stale socket is replaced, with mode 0660, and removed at the end")
    func staleSocket() async throws {
        try await SocketFolder.run { directory in
            let path = directory + "/lmtp.sock"
            // The server does not find a renamed socket when it closes, so the
            // socket stays, as after a crash.
            let stale = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(unixDomainSocketPath: path + ".old").get()
            try FileManager.default.moveItem(atPath: path + ".old", toPath: path)
            try await stale.close()
            #expect(FileManager.default.fileExists(atPath: path))
            try await RunningGate.run(at: .unix(path: path), handler: RecordingHandler()) { _, _ in
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o660)
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("The server does not take over the socket of another process")
    func liveSocket() async throws {
        try await RunningGate.run(handler: RecordingHandler()) { socket, _ in
            let second = LMTPServer(
                socket: socket,
                threads: 1,
                logger: Logger(label: "second"),
                handler: RecordingHandler()
            )
            await #expect(throws: LMTPServerError.inUse(socket)) { try await second.run() }
            try await RawClient.connect(to: socket) { client in
                let codes = try await client.codes(1)
                #expect(codes == [220])
            }
        }
    }

    @Test("A file that is no socket is not removed")
    func fileInTheWay() async throws {
        try await SocketFolder.run { directory in
            let path = directory + "/lmtp.sock"
            try Data("precious".utf8).write(to: URL(filePath: path))
            let server = LMTPServer(
                socket: .unix(path: path),
                threads: 1,
                logger: Logger(label: "server"),
                handler: RecordingHandler()
            )
            await #expect(throws: (any Error).self) { try await server.run() }
            #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
        }
    }

    @Test("An address that other hosts can reach is refused")
    func publicAddress() async throws {
        let socket = SocketPath.inet(host: "0.0.0.0", port: 10_024)
        let server = LMTPServer(
            socket: socket,
            threads: 1,
            logger: Logger(label: "server"),
            handler: RecordingHandler()
        )
        await #expect(throws: LMTPServerError.notLocal(socket)) { try await server.run() }
    }

    @Test("A loopback address serves as well as a socket")
    func loopback() async throws {
        let socket = SocketPath.inet(host: "127.0.0.1", port: .random(in: 20_000..<30_000))
        try await RunningGate.run(at: socket, handler: RecordingHandler()) { socket, _ in
            try await RawClient.connect(to: socket) { client in
                try await client.send(Self.ready)
                let codes = try await client.codes(5)
                #expect(codes == [220, 250, 250, 250, 354])
            }
        }
    }
}

/// Waits without blocking the threads that Swift's tasks share.
private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            semaphore.wait()
            continuation.resume()
        }
    }
}
