import SQLiteStore
import TestSupport
import Testing

@Suite struct ConformanceTests {
    @Test("SQLite keeps a rule of every store", arguments: ListStoreConformance.all)
    func conforms(_ rule: ListStoreConformance) throws {
        try Scratch.directory { directory in
            try rule.check { try SQLiteStore(path: directory + "/state/listseal.sqlite") }
        }
    }
}
