import NIOCore
import NIOPosix
import SMTP

@testable import Submission

/// A server that sends fixed replies, one for each command, whatever the command is.
enum ScriptedPeer {
    /// Replies to MAIL, RCPT, DATA, and the message.
    static let taken = ["250 mail", "250 rcpt", "354 go", "250 taken"]

    /// Listens; each connection gets all replies, and is then closed.
    static func listen(
        on socket: SocketPath,
        _ lines: [String],
        keepsOpen: Bool = false
    ) async throws -> any Channel {
        guard case .unix(let path) = socket else { throw ChannelError.operationUnsupported }
        return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Speaker(lines: lines[...], keepsOpen: keepsOpen)
                    )
                }
            }
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true)
            .get()
    }

    private final class Speaker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var lines: ArraySlice<String>
        private let keepsOpen: Bool
        private var isInMessage = false
        private var unread = ""

        init(lines: ArraySlice<String>, keepsOpen: Bool) {
            self.lines = lines
            self.keepsOpen = keepsOpen
        }

        func channelActive(context: ChannelHandlerContext) {
            speak(context)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            unread += String(buffer: unwrapInboundIn(data))
            while let end = unread.firstRange(of: "\r\n") {
                let line = String(unread[..<end.lowerBound])
                unread.removeSubrange(..<end.upperBound)
                guard !isInMessage || line == "." else { continue }
                isInMessage = false
                speak(context)
            }
        }

        private func speak(_ context: ChannelHandlerContext) {
            guard let line = lines.popFirst() else { return }
            isInMessage = line.hasPrefix("354")
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
            if lines.isEmpty, !keepsOpen { context.close(promise: nil) }
        }
    }
}
