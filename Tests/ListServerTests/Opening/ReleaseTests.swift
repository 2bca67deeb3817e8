import Foundation
import MailingList
import OpenPGP
import TestSupport
import Testing

@testable import ListServer

/// Damaged posts: what was not signed as it stands is never taken.
///
/// `LISTSEAL_MUTATIONS` says how many of each kind are tried.
@Suite struct ReleaseTests {
    private static let count =
        ProcessInfo.processInfo.environment["LISTSEAL_MUTATIONS"].flatMap(Int.init) ?? 60

    /// What was changed.
    enum Layer: CaseIterable {
        /// The mail as it came.
        case mail
        /// The encrypted packets, in good armor and MIME.
        case packets
        /// A multipart/signed, before it was encrypted.
        case signedPart
    }

    @Test("what is released of a damaged post is what its author signed", arguments: Layer.allCases)
    func mutations(of layer: Layer) throws {
        let bench = try OpenerBench()
        let text = "Words that nobody may change, and more of them."
        let packets = try bench.signedInside(text)
        let part = try bench.encapsulated(text)
        let good = try bench.judge(
            bench.message(
                around: layer == .signedPart
                    ? bench.alice.encrypt(part, to: [OpenerBench.listAddress], signed: false)
                    : packets
            )
        )
        #expect(good.verdict == .accept)
        let entity = try #require(good.opened.content).entity
        var generator = SeededGenerator(seed: 7)
        var (accepted, opened) = (0, 0)
        for _ in 0..<Self.count {
            let damaged: [UInt8]
            switch layer {
            case .mail: damaged = Mutation.mutate(bench.message(around: packets), using: &generator)
            case .packets:
                damaged = bench.message(around: Mutation.mutate(packets, using: &generator))
            case .signedPart:
                damaged = bench.message(
                    around: try bench.alice.encrypt(
                        Mutation.mutate(part, using: &generator),
                        to: [OpenerBench.listAddress],
                        signed: false
                    )
                )
            }
            guard let result = try Self.judge(damaged, bench) else { continue }
            if result.opened.encryption.result == .opened { opened += 1 }
            if result.verdict == .accept {
                accepted += 1
                #expect(result.opened.signatures.claims == good.opened.signatures.claims)
            }
            // Whatever the verdict: inside the encryption nothing came out changed.
            if layer != .signedPart, result.opened.encryption.result == .opened,
                let content = result.opened.content
            {
                #expect(content.entity == entity)
            }
        }
        print("\(layer): \(Self.count) tried, \(opened) opened, \(accepted) taken as they were")
        // Armor, MIME and the signature's own octets leave room for harmless changes.
        #expect(accepted < Self.count)
        #expect(layer == .packets || opened > 0)
    }

    // A message on which gpg dies is asked for again, and nothing comes out.
    private static func judge(
        _ message: [UInt8],
        _ bench: OpenerBench
    ) throws -> (opened: OpenedMessage, verdict: Verdict)? {
        do {
            return try bench.judge(message)
        } catch is MessageOpener.EngineFailed {
            return nil
        }
    }
}
