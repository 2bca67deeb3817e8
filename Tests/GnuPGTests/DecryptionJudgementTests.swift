import Testing

@testable import GnuPG
@testable import OpenPGP

/// What the engine reports against whose fault it is, as a table: most rows
/// cannot be had from a healthy engine.
struct DecryptionJudgementTests {
    private static let own = "AAAAAAAAAAAAAAAA"
    private static let other = "BBBBBBBBBBBBBBBB"
    private static let hidden = "0000000000000000"
    private static let primary = "CCCC"

    private func judge(_ decryption: Decryption, to recipients: [String]) -> DecryptionJudgement {
        DecryptionJudgement(
            decryption,
            recipients: recipients,
            own: [Self.own],
            primary: Self.primary
        )
    }

    /// A decryption in which everything went well.
    private static func success(_ change: (inout Decryption) -> Void = { _ in }) -> Decryption {
        var decryption = Decryption(code: .none, exit: 0)
        decryption.recipients = [Decryption.Recipient(keyID: own, status: .none)]
        decryption.openedBy = primary
        decryption.cipher = "AES256.CFB"
        change(&decryption)
        return decryption
    }

    @Test("success is a list of checks, and each of them can fail")
    func success() {
        #expect(judge(Self.success(), to: [Self.own]) == .plaintext)
        let faults: [(DecryptionJudgement, (inout Decryption) -> Void)] = [
            (.refused(.tooLarge), { $0.isOverLimit = true }),
            (.refused(.engineFailed), { $0.exit = nil }),
            (.refused(.engineFailed), { $0.exit = 139 }),
            (.refused(.malformed), { $0.exit = 2 }),
            (.refused(.malformed), { $0.openedBy = "DDDD" }),
            (.refused(.malformed), { $0.recipients = [] }),
            // A second layer: more recipients than the scan of the first found.
            (.refused(.malformed), { $0.recipients.append($0.recipients[0]) }),
            (.refused(.weakEncryption), { $0.cipher = "CAST5.CFB" }),
            (.refused(.weakEncryption), { $0.cipher = "" }),
            (.refused(.weakEncryption), { $0.isUnsound = true }),
            (.refused(.undecryptable), { $0.code = .noData }),
            // Another recipient's key, of a message for us that was tampered with.
            (.refused(.undecryptable), { $0.code = .noSecretKey }),
            (.refused(.engineFailed), { $0.code = OpenPGPError.Code(rawValue: 1) }),
            (
                .failed(OpenPGPError.Code(rawValue: 32_854)),
                { $0.code = OpenPGPError.Code(rawValue: 32_854) }
            ),
        ]
        for (expected, fault) in faults {
            #expect(judge(Self.success(fault), to: [Self.own]) == expected)
        }
    }

    @Test(
        "the sender's six codes are one refusal",
        arguments: [10, 12, 18, 58, 89, 152] as [UInt32],
        [true, false]
    )
    func sendersFault(code: UInt32, isOpened: Bool) {
        var decryption = Decryption(code: OpenPGPError.Code(rawValue: code), exit: 2)
        decryption.openedBy = isOpened ? Self.primary : nil
        #expect(judge(decryption, to: [Self.own]) == .refused(.undecryptable))
    }

    @Test(
        "codes of an agent that fails are ours if a key of ours is named",
        arguments: [17, 85, 181, 32_854, 16_383, 77] as [UInt32]
    )
    func ourFault(code: UInt32) {
        let code = OpenPGPError.Code(rawValue: code)
        let direct = Decryption(code: code, exit: 2)
        #expect(judge(direct, to: [Self.own, Self.other]) == .failed(code))
        guard code != .noSecretKey else { return }
        // GPGME folds the agent's reason into "decryption failed".
        var folded = Decryption(code: .decryptFailed, exit: 2)
        folded.keyFailures = [.checksum, code]
        #expect(judge(folded, to: [Self.hidden]) == .failed(code))
    }

    @Test("a message whose hidden recipients are others is not for us")
    func hiddenStranger() {
        let decryption = Decryption(code: .noSecretKey, exit: 2)
        #expect(judge(decryption, to: [Self.hidden]) == .refused(.notForUs))
    }

    @Test("gpg that was killed while it waited for our agent is our failure")
    func killed() {
        let decryption = Decryption(code: .noData, exit: 137)
        #expect(judge(decryption, to: [Self.own]) == .failed(.engineEnded))
        #expect(judge(decryption, to: [Self.hidden]) == .refused(.engineFailed))
    }
}
