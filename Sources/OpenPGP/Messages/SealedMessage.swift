import Foundation
import NIOConcurrencyHelpers

/// A sealed post with its session key, from which copies are made.
///
/// A copy is a new session-key packet before the same encrypted packet. It names one
/// recipient, so no subscriber sees who else gets a copy.
public final class SealedMessage: Sendable {
    private let encrypted: [UInt8]
    private let sessionKey: SessionKey
    // By the number of ciphertext octets that fill up the last base64 group of the PKESK.
    private let tails = NIOLockedValueBox<[Int: Tail]>([:])

    /// The armor lines and checksum that all copies with the same gap share.
    private struct Tail: Sendable {
        let lines: [UInt8]
        let remainder: UInt32
        let shift: UInt32
    }

    /// Makes copies possible for a sealed post whose session key is known.
    ///
    /// - Throws: ``PacketError`` if the packets are malformed, and ``RekeyingError/notSealed``
    ///   unless they are one session-key packet and one SEIPD packet of version 1.
    public init(_ bytes: [UInt8], sessionKey: SessionKey) throws {
        let scan = try EncryptedMessageScan(bytes)
        guard scan.recipients.count == 1, scan.kind == .integrityProtected else {
            throw RekeyingError.notSealed
        }
        encrypted = Array(bytes[scan.encryptedRange])
        self.sessionKey = sessionKey
    }

    /// A binary copy that only this key can open.
    ///
    /// - Throws: ``RekeyingError`` if nothing can be encrypted to the key here.
    package func copy(for key: EncryptionKey) throws(RekeyingError) -> [UInt8] {
        try key.sessionKeyPacket(for: sessionKey) + encrypted
    }

    /// An armored copy that only this key can open.
    ///
    /// - Throws: ``RekeyingError`` if nothing can be encrypted to the key here.
    public func armoredCopy(for key: EncryptionKey) throws(RekeyingError) -> ArmoredCopy {
        let packet = try key.sessionKeyPacket(for: sessionKey)
        // Base64 encodes groups of three octets. Ciphertext octets fill up the last group of
        // the session-key packet, and all lines after it are the same for all copies with the
        // same gap.
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

/// The armor of one copy in three pieces, of which copies share the second.
public struct ArmoredCopy: Sendable {
    /// The first line, and the lines that differ in each copy.
    public let head: [UInt8]
    /// The lines that all copies with the same ``sharedBy`` have in common.
    public let shared: [UInt8]
    /// The group of copies with the same ``shared`` lines: 0, 1 or 2.
    ///
    /// A caller that stores ``shared`` in another form needs one for each group.
    public let sharedBy: Int
    /// The checksum and the last line.
    public let end: [UInt8]
}
