import Foundation
import Glibc
import MailingList
import NIOConcurrencyHelpers
import SQLiteStore
import TestSupport

/// A process that takes messages on several threads until it kills itself.
enum KilledWriter {
    static let people = 3
    private static let threads = 4

    static func database(in directory: String) -> String { directory + "/s.sqlite" }
    private static func answers(in directory: String) -> String { directory + "/answers" }

    /// Makes the store, with a list.
    static func prepare(in directory: String) throws -> MailingList {
        let store = try SQLiteStore(path: database(in: directory))
        let fixture = StoreFixture(store: store) { store }
        let list = try fixture.list()
        for number in 1...people { try fixture.person(number, of: list) }
        return list
    }

    /// Takes messages and notes each after its commit; dies with that many notes,
    /// while the other threads are wherever they are.
    static func run(in directory: String, until answers: Int) throws {
        let store = try SQLiteStore(path: database(in: directory))
        let fixture = StoreFixture(store: store) { store }
        guard let list = try store.lists().first else { return }
        let path = Self.answers(in: directory)
        try Data().write(to: URL(filePath: path))
        guard let log = FileHandle(forWritingAtPath: path) else { return }
        let count = NIOLockedValueBox(0)
        _ = try Threads.run(threads) { thread in
            for number in 0... {
                let message = "\(thread)-\(number)"
                _ = try store.commit(
                    [fixture.acceptance(message, for: list)],
                    now: StoreSamples.start
                )
                try count.withLockedValue { count in
                    try log.write(contentsOf: Data((message + "\n").utf8))
                    count += 1
                    if count >= answers { _ = kill(getpid(), SIGKILL) }
                }
            }
        }
    }

    /// The messages that were noted.
    static func answered(in directory: String) throws -> [String] {
        try String(contentsOfFile: answers(in: directory), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }
}
