import Foundation
import NIOConcurrencyHelpers

/// A sealed post, ready to be copied: its ciphertext and its session key.
///
/// A copy is a fresh session-key packet in front of the same encrypted packet.
/// It names one recipient, so that no subscriber sees who else gets one.
public final class SealedMessage: Sendable {
    private let encrypted: [UInt8]
    private let sessionKey: SessionKey
    // By how many octets of the ciphertext complete the packet's last group.
    private let tails = NIOLockedValueBox<[Int: Tail]>([:])

    /// What all copies with the same gap share.
    private struct Tail: Sendable {
        let lines: [UInt8]
        let remainder: UInt32
        let shift: UInt32
    }

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

    /// A copy, in binary, that this key alone opens.
    package func copy(for key: EncryptionKey) throws(RekeyingError) -> [UInt8] {
        try key.sessionKeyPacket(for: sessionKey) + encrypted
    }

    /// A copy in armor that this key alone opens.
    public func armoredCopy(for key: EncryptionKey) throws(RekeyingError) -> ArmoredCopy {
        let packet = try key.sessionKeyPacket(for: sessionKey)
        // Base64 takes three octets at a time: what is missing in the last group
        // of the packet comes from the ciphertext, and the lines behind it are
        // the same for all copies with the same gap.
        let gap = (3 - packet.count % 3) % 3
        let first = packet + encrypted.prefix(gap)
        let tail = tail(skipping: gap)
        let checksum = CRC24.combined(
            CRC24.checksum(of: first),
            tail.remainder,
            shift: tail.shift
        )
        return ArmoredCopy(
            head: Armor.head(.message) + Armor.base64Lines(first),
            shared: tail.lines,
            sharedBy: gap,
            end: CRC24.line(checksum) + Armor.tail(.message)
        )
    }

    private func tail(skipping gap: Int) -> Tail {
        tails.withLockedValue { tails in
            if let tail = tails[gap] { return tail }
            let rest = encrypted.dropFirst(gap)
            let tail = Tail(
                lines: Armor.base64Lines(rest),
                remainder: CRC24.remainder(of: rest, from: 0),
                shift: CRC24.shift(octets: rest.count)
            )
            tails[gap] = tail
            return tail
        }
    }
}

/// The armor of one copy, in three pieces of which the second is shared.
public struct ArmoredCopy: Sendable {
    /// The first line, and the lines that differ from copy to copy.
    public let head: [UInt8]
    /// The lines that all copies with the same ``sharedBy`` have.
    public let shared: [UInt8]
    /// Which of three groups of copies this one is in.
    ///
    /// Who keeps ``shared`` in another form needs it once for each group.
    public let sharedBy: Int
    /// The checksum, and the last line.
    public let end: [UInt8]
}
