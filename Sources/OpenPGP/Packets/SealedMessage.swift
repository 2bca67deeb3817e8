import Foundation
import Synchronization

/// A sealed post, ready to be copied: its ciphertext and its session key.
///
/// A copy is a fresh session-key packet in front of the same encrypted packet.
/// It names one recipient, so that no subscriber sees who else gets one.
public final class SealedMessage: Sendable {
    private let encrypted: [UInt8]
    private let sessionKey: SessionKey
    // By how many octets of the ciphertext complete the packet's last group.
    private let tails = Mutex<[Int: [UInt8]]>([:])

    /// Takes a sealed post and the key that it was opened with.
    ///
    /// Throws ``PacketError`` or ``RekeyingError`` unless it is one session-key
    /// packet and one integrity protected packet.
    public init(_ bytes: [UInt8], sessionKey: SessionKey) throws {
        let scan = try EncryptedMessageScan(bytes)
        guard scan.recipients.count == 1, scan.kind == .integrityProtected else {
            throw RekeyingError.notSealed
        }
        encrypted = Array(bytes[scan.encryptedRange])
        self.sessionKey = sessionKey
    }

    /// A copy in armor that this key alone opens.
    public func armoredCopy(for key: EncryptionKey) throws(RekeyingError) -> ArmoredCopy {
        let packet = try key.sessionKeyPacket(for: sessionKey)
        // Base64 takes three octets at a time: what is missing in the last group
        // of the packet comes from the ciphertext, and the lines behind it are
        // the same for all copies with the same gap.
        let gap = (3 - packet.count % 3) % 3
        return ArmoredCopy(
            head: Armor.head(.message) + Armor.base64Lines(packet + encrypted.prefix(gap)),
            tail: tail(skipping: gap)
        )
    }

    private func tail(skipping gap: Int) -> [UInt8] {
        tails.withLock { tails in
            if let tail = tails[gap] { return tail }
            let tail = Armor.base64Lines(encrypted.dropFirst(gap)) + Armor.tail(.message)
            tails[gap] = tail
            return tail
        }
    }
}

/// The armor of one copy, in two pieces of which the second is shared.
public struct ArmoredCopy: Sendable {
    /// The first line, and the lines that differ from copy to copy.
    public let head: [UInt8]
    /// The lines that all copies share, and the last one.
    public let tail: [UInt8]
}
