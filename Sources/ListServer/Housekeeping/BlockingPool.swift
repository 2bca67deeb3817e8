import NIOPosix

/// Runs what blocks (SQLite, GnuPG) off the threads that Swift's tasks share.
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
