import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct ConformanceTests {
    @Test("SQLite keeps a rule of every store", arguments: ListStoreConformance.all)
    func conforms(_ rule: ListStoreConformance) throws { _ = try RuleRun.statements(of: rule) }
}

/// A rule that was checked once in this process, and what the store said to SQLite then.
enum RuleRun {
    private static let runs = NIOLockedValueBox<[String: Set<String>]>([:])

    /// Checks the rule, unless that was done already.
    static func statements(of rule: ListStoreConformance) throws -> Set<String> {
        if let seen = runs.withLockedValue({ $0[rule.testDescription] }) { return seen }
        let seen = NIOLockedValueBox<Set<String>>([])
        try Scratch.directory { directory in
            try rule.check {
                try SQLiteStore(path: directory + "/state/listseal.sqlite") { sql in
                    seen.withLockedValue { _ = $0.insert(sql) }
                }
            }
        }
        let statements = seen.withLockedValue { $0 }
        runs.withLockedValue { $0[rule.testDescription] = statements }
        return statements
    }
}
