import NIOCore
import NIOPosix
import SMTP

@testable import LMTP

/// A client that sends exactly the given octets, valid or not.
struct RawClient {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received = ""

    /// Connects, runs the body, and disconnects.
    static func connect<Result: Sendable>(
        to socket: SocketPath,
        _ body: (inout RawClient) async throws -> Result
    ) async throws -> Result {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        let channel =
            switch socket {
            case .unix(let path):
                try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: wrap)
            case .inet(let host, let port):
                try await bootstrap.connect(host: host, port: port, channelInitializer: wrap)
            }
        // A server that never answers fails the test instead of stopping it.
        let timer = channel.channel.eventLoop.scheduleTask(in: .seconds(60)) {
            channel.channel.close(promise: nil)
        }
        defer { timer.cancel() }
        return try await channel.executeThenClose { inbound, outbound in
            var client = RawClient(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&client)
        }
    }

    /// Sends text as it is.
    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// The codes of the next `count` replies.
    mutating func codes(_ count: Int) async throws -> [Int] {
        var result: [Int] = []
        while result.count < count, let line = try await line() {
            let code = line.prefix(4)
            if !code.hasSuffix("-") { result.append(Int(code.prefix(3)) ?? -1) }
        }
        return result
    }

    /// All replies until the server closes.
    mutating func codesToEnd() async throws -> [Int] { try await codes(.max) }

    private mutating func line() async throws -> String? {
        while true {
            if let end = received.firstRange(of: "\r\n") {
                defer { received.removeSubrange(..<end.upperBound) }
                return String(received[..<end.lowerBound])
            }
            guard let chunk = try? await inbound.next() else { return nil }
            received += String(buffer: chunk)
        }
    }

    @Sendable
    private static func wrap(
        _ channel: any Channel
    ) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
    }
}
