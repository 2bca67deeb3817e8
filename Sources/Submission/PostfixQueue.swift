import NIOCore
import NIOPosix

/// Counts the messages in Postfix's queue, by means of showq(8).
package struct PostfixQueue: Sendable {
    /// The socket of showq(8), `public/showq` in the queue directory.
    let path: String

    /// Uses the socket at this path, which is opened at each count.
    package init(path: String) {
        self.path = path
    }

    private static let patience = TimeAmount.seconds(30)

    /// Counts the messages in the queue whose reverse-path the closure selects.
    ///
    /// Postfix reads one file for each message, so thousands take more than a second.
    ///
    /// - Throws: An error of the connection; ``SubmissionError/ended`` if the listing is
    ///   incomplete, malformed, or takes more than 30 seconds.
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
        // On a timeout the count fails: an incomplete listing counts too few messages.
        let timer = channel.eventLoop.scheduleTask(in: Self.patience) {
            result.fail(SubmissionError.ended)
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        return try await result.futureResult.get()
    }
}

/// Reads the listing until Postfix closes the connection.
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

    // An error, or a Postfix process that ends, can cut the listing off.
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
