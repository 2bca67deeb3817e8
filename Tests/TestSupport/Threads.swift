import Foundation
import NIOConcurrencyHelpers

/// Threads of the system, more than there are processors.
///
/// Tasks would take turns on a few threads; what blocks must be tried by many.
public enum Threads {
    /// Does the same on each of many threads at once; the results are in no order.
    ///
    /// Throws the first error that any of them threw, after all have ended.
    public static func run<Value: Sendable>(
        _ count: Int,
        _ work: @escaping @Sendable (Int) throws -> Value
    ) throws -> [Value] {
        let results = Results<Value>()
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            Thread.detachNewThread {
                let result = Result { try work(index) }
                results.list.withLockedValue { $0.append(result) }
                group.leave()
            }
        }
        group.wait()
        return try results.list.withLockedValue { try $0.map { try $0.get() } }
    }

    private final class Results<Value: Sendable>: Sendable {
        let list = NIOLockedValueBox<[Result<Value, any Error>]>([])
    }
}
