import CGPGME
import NIOConcurrencyHelpers
import OpenPGP

extension ListKeyring {
    private static let testText = Array("Listseal self-test".utf8)

    /// Opens a sealed message of the list's own, which is kept in memory.
    ///
    /// Call it before a message is refused because it does not open. It blocks the thread while
    /// a test runs; ``SelfTestSchedule`` bounds how often that is.
    ///
    /// - Throws: ``OpenPGPError`` if it does not open, or if none can be sealed: then the key, a
    ///   file of its home or gpg is broken, and what gpg says of other messages is our failure,
    ///   not their authors'.
    public func check() throws(OpenPGPError) {
        try selfTest.schedule.check { () throws(OpenPGPError) in
            let own = try ownKeys()
            let sealed = try selfTest.sealed { () throws(OpenPGPError) in
                try seal(Self.testText, signed: true)
            }
            let decryption = try slots.run { () throws(OpenPGPError) in
                try directory.context(.selfTest).decrypt(
                    sealed,
                    flags: GPGME_DECRYPT_VERIFY,
                    limit: sealed.count
                )
            }
            let judgement = DecryptionJudgement(
                decryption,
                recipients: [own.encryptionSubkey.keyID.description],
                own: own.keyIDs,
                primary: fingerprint.description
            )
            if case .failed(let code) = judgement { throw OpenPGPError(code, .selfTest) }
            guard judgement == .plaintext, decryption.plaintext == Self.testText,
                decryption.signatures.count == 1,
                decryption.signatures.allSatisfy({ $0.isGood(by: own.fingerprints) })
            else { throw OpenPGPError(.selfTestFailed, .selfTest) }
        }
    }
}

/// The sealed test message of one list key, and when it is opened.
final class ListKeySelfTest: Sendable {
    let schedule: SelfTestSchedule
    private let message = NIOLockedValueBox<[UInt8]?>(nil)

    init(_ schedule: SelfTestSchedule) {
        self.schedule = schedule
    }

    /// The message, which is sealed once.
    func sealed(_ seal: () throws(OpenPGPError) -> [UInt8]) throws(OpenPGPError) -> [UInt8] {
        if let message = message.withLockedValue({ $0 }) { return message }
        let made = try seal()
        message.withLockedValue { $0 = made }
        return made
    }
}
