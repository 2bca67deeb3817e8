import Foundation
import FuzzEntries
import TestSupport
import Testing

/// A short round of what `Tests/fuzz` does for hours, the same in every run.
@Suite struct FuzzTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..")

    @Test("no parser traps on damaged input", arguments: FuzzEntry.allCases)
    func shortRound(entry: FuzzEntry) {
        let seeds = Self.seeds()
        #expect(seeds.count > 100)
        var generator = SeededGenerator(seed: 3)
        for seed in seeds where seed.count < 20_000 {
            entry.run(seed)
            for _ in 0..<10 { entry.run(Mutation.mutate(seed, using: &generator)) }
        }
    }

    /// Everything in the resources of all tests.
    private static func seeds() -> [[UInt8]] {
        ["MIMETests", "OpenPGPTests"].flatMap { target in
            let folder = tests.appending(path: target + "/Resources").path()
            let files = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
            return files.compactMap { $0 as? String }.sorted()
                .compactMap { FileManager.default.contents(atPath: folder + "/" + $0) }
                .map(Array.init)
        }
    }
}
