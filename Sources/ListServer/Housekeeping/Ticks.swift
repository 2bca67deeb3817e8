/// Makes a stream of ticks, for services that do periodic work.
enum Ticks {
    static func every(seconds: Int) -> AsyncStream<Void> {
        AsyncStream { continuation in
            let task = Task {
                while !Task.isCancelled {
                    continuation.yield()
                    try await Task.sleep(for: .seconds(seconds))
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
