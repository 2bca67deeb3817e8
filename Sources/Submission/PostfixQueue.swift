import NIOCore
import NIOPosix

/// Postfix's queue, as showq(8) lists it.
package struct PostfixQueue: Sendable {
    /// The socket of showq(8), `public/showq` in the queue directory.
    let path: String

    /// Reads the queue through this socket.
    package init(path: String) {
        self.path = path
    }

    private static let patience = TimeAmount.seconds(30)

    /// Counts the messages in the queue whose reverse-path the caller wants counted.
    ///
    /// Postfix reads one file for each message: thousands take more than a second.
    /// Throws what the connection throws, and ``SubmissionError/ended`` after 30 seconds.
    package func count(where isCounted: @escaping @Sendable (String) -> Bool) async throws -> Int {
        let group = MultiThreadedEventLoopGroup.singleton
        let result = group.next().makePromise(of: Int.self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: group)
                .connectTimeout(Self.patience)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            QueueListingHandler(QueueListing(counting: isCounted), result)
                        )
                    }
                }
                .connect(unixDomainSocketPath: path)
                .get()
        } catch {
            result.fail(error)
            throw error
        }
        // A part of the listing would be taken for all of it.
        let timer = channel.eventLoop.scheduleTask(in: Self.patience) {
            result.fail(SubmissionError.ended)
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        return try await result.futureResult.get()
    }
}

/// Reads until Postfix hangs up.
private final class QueueListingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var listing: QueueListing
    private let result: EventLoopPromise<Int>
    init(_ listing: QueueListing, _ result: EventLoopPromise<Int>) {
        self.listing = listing
        self.result = result
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !listing.receive(unwrapInboundIn(data).readableBytesView) {
            result.fail(SubmissionError.ended)
            context.close(promise: nil)
        }
    }

    // What is cut off, by an error or by Postfix' end, is not complete.
    func channelInactive(context: ChannelHandlerContext) {
        if listing.isComplete {
            result.succeed(listing.count)
        } else {
            result.fail(SubmissionError.ended)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
