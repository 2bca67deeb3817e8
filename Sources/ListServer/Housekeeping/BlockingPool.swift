import NIOPosix

/// Runs blocking work (SQLite, GnuPG) outside Swift's cooperative threads.
struct BlockingPool: Sendable {
    private let pool: NIOThreadPool

    init(_ pool: NIOThreadPool = .singleton) {
        self.pool = pool
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await pool.runIfActive(body)
    }
}
