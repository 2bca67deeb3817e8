import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// When a GPGME context is reused, and when it is released.
@Suite("The pool of GPGME contexts") struct ContextPoolTests {
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

    @Test("a context is kept for the next operation, unless it exported a session key")
    func reuse() throws {
        #expect(waiting(in: laboratory) == 0)
        let key = try laboratory.list.publicKey()
        #expect(waiting(in: laboratory) == 1)
        let text = Array("words".utf8)
        let sealed = try laboratory.list.seal(text, signed: true)
        #expect(waiting(in: laboratory) == 1)
        // A reused context gives the same result as a new one.
        #expect(try laboratory.list.open(sealed: sealed, limit: 1 << 20).plaintext == text)
        #expect(waiting(in: laboratory) == 0)
        #expect(try laboratory.list.publicKey() == key)
        #expect(waiting(in: laboratory) == 1)
    }

    @Test("a context is not reused after gpg was killed")
    func failure() throws {
        let hanging = try Laboratory(
            limits: EngineLimits(seconds: 1, processorSeconds: 1, memory: 1 << 20)
        )
        #expect(throws: OpenPGPError.self) { try hanging.list.publicKey() }
        #expect(waiting(in: hanging) == 0)
    }
}
