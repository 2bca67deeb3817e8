import Foundation
import LMTP
import NIOCore
import NIOPosix
import SMTP

/// Asks the helper to run a program, and reads the program's decision.
struct StepClient: Sendable {
    /// The longest wait for an answer in seconds, longer than any program may run.
    static let patience = 60

    let socket: SocketPath

    /// Sends one request and returns the result.
    ///
    /// - Throws: An error of the system if nobody listens; ``StepClientError`` if the
    ///   request is too long or the helper does not answer as it should.
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

/// The reason why a request has no result.
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

/// Assembles one line from the octets of a connection.
struct LineCollector {
    /// The longest line, in octets.
    let limit: Int
    private var kept: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds octets; returns the line without its LF when it is complete.
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
