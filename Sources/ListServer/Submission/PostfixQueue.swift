import MailingList
import NIOCore
import NIOPosix
import SMTP

/// Asks Postfix how many copies of lists are in its queue.
struct PostfixQueue: Sendable {
    /// The socket of showq(8), `public/showq` in the queue directory.
    let path: String
    /// Which lists there are.
    let store: any ListStore

    private static let patience = TimeAmount.seconds(30)

    /// Counts copies of any list: what has a list's bounce address for a sender.
    ///
    /// Postfix reads one file for each message: for thousands, a good second.
    /// Throws what the connection and the store do.
    func copies() async throws -> Int {
        let lists = Set(try store.lists().flatMap(\.addresses))
        return try await count { sender in
            guard let address = EmailAddress(sender) else { return false }
            return ListAddress.candidates(for: address).contains { candidate in
                if case .bounces = candidate.role { lists.contains(candidate.list) } else { false }
            }
        }
    }

    private func count(where isCounted: @escaping @Sendable (String) -> Bool) async throws -> Int {
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
