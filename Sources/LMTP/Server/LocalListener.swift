import Foundation
package import NIOCore
import NIOPosix
package import SMTP

/// Opens the sockets that we listen on: of the gate, and of the helper that runs programs.
package enum LocalListener {
    package typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Who can open a UNIX socket: owner and group, as whoever connects is believed.
    ///
    /// Between bind and chmod the umask rules, so the directory must be closed
    /// to others too.
    static let socketMode = 0o660

    /// Listens, in place of what an earlier process left behind.
    package static func listen(
        on socket: SocketPath
    ) async throws -> NIOAsyncChannel<Connection, Never> {
        guard socket.isLocal else { throw LMTPServerError.notLocal(socket) }
        // Half closure: at shutdown a connection stops reading and still answers.
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        switch socket {
        case .unix(let path):
            guard await !isAnswered(path) else { throw LMTPServerError.inUse(socket) }
            let listener = try await bootstrap.bind(
                unixDomainSocketPath: path,
                cleanupExistingSocketFile: true,
                childChannelInitializer: wrap
            )
            try FileManager.default.setAttributes(
                [.posixPermissions: socketMode],
                ofItemAtPath: path
            )
            return listener
        case .inet(let host, let port):
            return
                try await bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port, childChannelInitializer: wrap)
        }
    }

    /// Takes the name away, so that Postfix fails at once instead of in time.
    package static func remove(_ socket: SocketPath) {
        switch socket {
        case .unix(let path): try? FileManager.default.removeItem(atPath: path)
        case .inet: break
        }
    }

    @Sendable
    package static func wrap(_ channel: any Channel) -> EventLoopFuture<Connection> {
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
    }

    // Binding over the socket of a process that lives would rob it silently.
    private static func isAnswered(_ path: String) async -> Bool {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        guard let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() else {
            return false
        }
        try? await channel.close()
        return true
    }
}
