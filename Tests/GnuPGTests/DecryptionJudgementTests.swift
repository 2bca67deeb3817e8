import Testing

@testable import GnuPG
@testable import OpenPGP

/// A table of the results of gpg and whose fault they are; a working gpg cannot produce
/// most of them.
@Suite("The judgement on a decryption") struct DecryptionJudgementTests {
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

    /// A decryption without any failure.
    private static func success(_ change: (inout Decryption) -> Void = { _ in }) -> Decryption {
        var decryption = Decryption(code: .none, exit: 0)
        decryption.recipients = [Decryption.Recipient(keyID: own, status: .none)]
        decryption.openedBy = primary
        decryption.cipher = "AES256.CFB"
        change(&decryption)
        return decryption
    }

    @Test("a decryption succeeds only if every check passes")
    func success() {
        #expect(judge(Self.success(), to: [Self.own]) == .plaintext)
        let faults: [(DecryptionJudgement, (inout Decryption) -> Void)] = [
            (.refused(.tooLarge), { $0.isOverLimit = true }),
            (.refused(.engineFailed), { $0.exit = nil }),
            (.refused(.engineFailed), { $0.exit = 139 }),
            (.refused(.malformed), { $0.exit = 2 }),
            (.refused(.malformed), { $0.openedBy = "DDDD" }),
            (.refused(.malformed), { $0.recipients = [] }),
            // A second encrypted layer shows as more recipients than the scan found.
            (.refused(.malformed), { $0.recipients.append($0.recipients[0]) }),
            (.refused(.weakEncryption), { $0.cipher = "CAST5.CFB" }),
            (.refused(.weakEncryption), { $0.cipher = "" }),
            (.refused(.weakEncryption), { $0.isUnsound = true }),
            (.refused(.undecryptable), { $0.code = .noData }),
            // "No secret key" for another recipient, in a message for us that was modified.
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
        "the six error codes for a sender's fault give one refusal",
        arguments: [10, 12, 18, 58, 89, 152] as [UInt32],
        [true, false]
    )
    func sendersFault(code: UInt32, isOpened: Bool) {
        var decryption = Decryption(code: OpenPGPError.Code(rawValue: code), exit: 2)
        decryption.openedBy = isOpened ? Self.primary : nil
        #expect(judge(decryption, to: [Self.own]) == .refused(.undecryptable))
    }

    @Test(
        "an agent's error is our failure if the message names a key of ours",
        arguments: [17, 85, 181, 32_854, 16_383, 77] as [UInt32]
    )
    func ourFault(code: UInt32) {
        let code = OpenPGPError.Code(rawValue: code)
        let direct = Decryption(code: code, exit: 2)
        #expect(judge(direct, to: [Self.own, Self.other]) == .failed(code))
        guard code != .noSecretKey else { return }
        // GPGME reports "decryption failed" and hides the agent's reason.
        var folded = Decryption(code: .decryptFailed, exit: 2)
        folded.keyFailures = [.checksum, code]
        #expect(judge(folded, to: [Self.hidden]) == .failed(code))
    }

    @Test("a message whose hidden recipients are other people is not for us")
    func hiddenStranger() {
        let decryption = Decryption(code: .noSecretKey, exit: 2)
        #expect(judge(decryption, to: [Self.hidden]) == .refused(.notForUs))
    }

    @Test("it is our failure if gpg is killed while it waits for our agent")
    func killed() {
        let decryption = Decryption(code: .noData, exit: 137)
        #expect(judge(decryption, to: [Self.own]) == .failed(.engineEnded))
        #expect(judge(decryption, to: [Self.hidden]) == .refused(.engineFailed))
    }
}
