import Foundation
package import NIOCore
import NIOPosix
package import SMTP

/// Opens the listening sockets of the LMTP gate and of the helper that runs programs.
package enum LocalListener {
    package typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// The mode of a UNIX socket: owner and group, because the server trusts its clients.
    ///
    /// The umask decides the mode between bind and chmod, so the directory must also be
    /// closed to other users.
    static let socketMode = 0o660

    /// Starts to listen, and replaces a socket file that an earlier process left.
    ///
    /// - Throws: ``LMTPServerError`` if another process listens on the socket or other
    ///   hosts could connect; an error of the system if it cannot bind.
    package static func listen(
        on socket: SocketPath
    ) async throws -> NIOAsyncChannel<Connection, Never> {
        guard socket.isLocal else { throw LMTPServerError.notLocal(socket) }
        // Half closure lets a connection stop reading at shutdown and still reply.
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

    /// Removes a socket file, so that Postfix fails to connect immediately.
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

    // Binding over the socket of a live process would silently take its clients.
    private static func isAnswered(_ path: String) async -> Bool {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        guard let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() else {
            return false
        }
        try? await channel.close()
        return true
    }
}
