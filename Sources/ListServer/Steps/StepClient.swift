import Foundation
import LMTP
import NIOCore
import NIOPosix
import SMTP

/// Asks the helper to run a program, and reads what it decided.
struct StepClient: Sendable {
    /// Seconds until an answer, longer than any program may run.
    static let patience = 60

    let socket: SocketPath

    /// One question, one answer.
    ///
    /// Throws what the system says if nobody listens, and ``StepClientError`` if the
    /// helper does not answer as it should.
    func ask(_ request: StepRequest) async throws -> StepResult {
        let line = try StepInput.encoder().encode(request)
        guard line.count < StepRequest.maximumLength else { throw StepClientError.tooLong }
        return try await withThrowingTaskGroup(of: StepResult.self) { group in
            group.addTask { try await exchange(line) }
            group.addTask {
                try await Task.sleep(for: .seconds(Self.patience))
                throw StepClientError.noAnswer
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw StepClientError.noAnswer }
            return answer
        }
    }

    private func exchange(_ request: Data) async throws -> StepResult {
        let connection = try await connect()
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: request + [0x0a]))
            var lines = LineCollector(limit: StepResult.maximumLength)
            for try await octets in inbound {
                guard let line = try lines.take(octets) else { continue }
                return try StepInput.decoder().decode(StepResult.self, from: Data(line))
            }
            throw StepClientError.noAnswer
        }
    }

    private func connect() async throws -> LocalListener.Connection {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        switch socket {
        case .unix(let path):
            return try await bootstrap.connect(
                unixDomainSocketPath: path,
                channelInitializer: LocalListener.wrap
            )
        case .inet(let host, let port):
            return try await bootstrap.connect(
                host: host,
                port: port,
                channelInitializer: LocalListener.wrap
            )
        }
    }
}

/// Why there is no answer.
enum StepClientError: Error, CustomStringConvertible {
    case noAnswer
    case tooLong

    var description: String {
        switch self {
        case .noAnswer: "the helper that runs programs has not answered"
        case .tooLong: "the line is too long"
        }
    }
}

/// Puts a line together from what the network brings.
struct LineCollector {
    /// Octets that are kept before the line must have ended.
    let limit: Int
    private var kept: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds octets; gives the line without its end when that has come.
    mutating func take(_ octets: ByteBuffer) throws -> [UInt8]? {
        let view = octets.readableBytesView
        if let end = view.firstIndex(of: 0x0a) {
            kept += view[..<end]
            guard kept.count <= limit else { throw StepClientError.tooLong }
            return kept
        }
        kept += view
        guard kept.count <= limit else { throw StepClientError.tooLong }
        return nil
    }
}
