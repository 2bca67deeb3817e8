import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Contexts that are used again.
@Suite struct ContextPoolTests {
    private let laboratory: Laboratory

    init() throws { laboratory = try Laboratory() }

    private func waiting(in laboratory: Laboratory) -> Int {
        GPGMEContextPool.shared.count(
            GPGMEContextPool.Place(
                program: laboratory.engine.program,
                home: laboratory.list.home
            )
        )
    }

    @Test("a context waits for the next operation, unless it was told a session key")
    func reuse() throws {
        #expect(waiting(in: laboratory) == 0)
        let key = try laboratory.list.publicKey()
        #expect(waiting(in: laboratory) == 1)
        let text = Array("words".utf8)
        let sealed = try laboratory.list.seal(text, signed: true)
        #expect(waiting(in: laboratory) == 1)
        // What was used before does the same as what was not.
        #expect(try laboratory.list.open(sealed: sealed, limit: 1 << 20).plaintext == text)
        #expect(waiting(in: laboratory) == 0)
        #expect(try laboratory.list.publicKey() == key)
        #expect(waiting(in: laboratory) == 1)
    }

    @Test("a context of an operation that failed is not used again if the engine was ended")
    func failure() throws {
        let hanging = try Laboratory(
            limits: EngineLimits(seconds: 1, processorSeconds: 1, memory: 1 << 20)
        )
        #expect(throws: OpenPGPError.self) { try hanging.list.publicKey() }
        #expect(waiting(in: hanging) == 0)
    }
}
