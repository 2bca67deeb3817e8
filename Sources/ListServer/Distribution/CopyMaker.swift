import Foundation
import GnuPG
import MIME
import MailingList
import NIOConcurrencyHelpers
import NIOCore
import OpenPGP
import SMTP

/// Opens one sealed post once, and makes all copies of it.
///
/// It keeps the session key in memory while copies of the post are sent. All copies
/// share the armor but its first lines, which contain the recipient's session key.
final class CopyMaker: Sendable {
    /// The reason why one delivery gets no copy.
    enum Refusal: Error, Sendable, Hashable {
        /// The subscriber's key cannot encrypt now.
        case keyUnusable
        /// The engine failed for this key; only the copy for this subscriber waits.
        case failed(String)
    }

    private let list: MailingList
    private let post: SealedPost
    private let keys: ListKeys
    private let sealed: SealedMessage?
    private let before: ByteBuffer
    private let after: ByteBuffer
    // Copies of a group share one buffer, so a post of 5 MiB is in memory once.
    private let shared = NIOLockedValueBox<[Int: ByteBuffer]>([:])

    /// Opens a post from the store.
    ///
    /// - Throws: ``CopyError/forged`` if the list did not sign the post, or signed it with
    ///   another identity: write access to the database must not allow sending mail to
    ///   the list. Other errors are those of the engine.
    init(list: MailingList, post: SealedPost, sealer: Sealer) throws {
        let keys = sealer.keys
        self.list = list
        self.post = post
        self.keys = keys
        // A copy without the Autocrypt field is better than no copy.
        let key = try? keys.keyring(of: list).publicKey()
        let opened = post.kind == .summons ? nil : try Self.open(post, of: list, sealer)
        var clear: CleartextCopy?
        if post.kind.isClear {
            guard let opened, let mail = CleartextCopy(in: opened.plaintext) else {
                throw CopyError.forged
            }
            clear = mail
        }
        let envelope = OuterHeader(
            list: list,
            post: post,
            key: key,
            // The inside of a post that its author has sealed is the author's.
            stored: post.author == nil
                ? opened.flatMap { OuterHeader.stored(inside: $0.plaintext) } : nil,
            clear: clear
        )
        before = ByteBuffer(bytes: envelope.before)
        after = ByteBuffer(bytes: envelope.after)
        sealed =
            try clear == nil
            ? opened.map { try SealedMessage(post.bytes, sessionKey: $0.sessionKey) } : nil
    }

    // This returns plaintext only if the list has signed it.
    private static func open(
        _ post: SealedPost,
        of list: MailingList,
        _ sealer: Sealer
    ) throws -> (plaintext: [UInt8], sessionKey: SessionKey) {
        let keyring = try sealer.keys.keyring(of: list, opening: post.bytes)
        let limit = plaintextLimit(for: post.bytes.count)
        let opened: (plaintext: [UInt8], sessionKey: SessionKey)
        do {
            if let mac = post.mac {
                guard post.kind == .post else { throw CopyError.forged }
                guard sealer.mac(ofUnsigned: post, in: list.id) == mac else {
                    throw sealer.digestKey.isYounger(than: post.date)
                        ? CopyError.otherDigestKey : CopyError.forged
                }
                guard post.author == nil else {
                    return ([], try keyring.sessionKey(of: post.bytes, limit: limit))
                }
                return try keyring.open(
                    sealed: post.bytes,
                    limit: limit,
                    requireSignature: false
                )
            }
            opened = try keyring.open(sealed: post.bytes, limit: limit)
        } catch let error as OpenPGPError where error.isForgery {
            throw CopyError.forged
        }
        guard PostIdentity.kind(inside: opened.plaintext, of: post) != nil else {
            throw CopyError.forged
        }
        return opened
    }

    /// The approximate size of one copy, in octets.
    var size: Int { before.readableBytes + post.bytes.count * 4 / 3 + after.readableBytes }

    /// The parts of one copy, or the reason why this delivery gets none.
    func copy(for delivery: Delivery, now: Date) throws -> Result<[ByteBuffer], Refusal> {
        guard let sealed else { return .success([before, after]) }
        guard let certificate = delivery.certificate,
            let key = keys.certificates.encryptionKey(of: certificate, now: now)
        else { return .failure(.keyUnusable) }
        if key.isNative {
            // An invalid curve point is a fault of this key: only this copy waits.
            guard let armored = try? sealed.armoredCopy(for: key) else {
                return .failure(.keyUnusable)
            }
            return .success(
                [
                    before, ByteBuffer(bytes: armored.head), sharedLines(of: armored),
                    ByteBuffer(bytes: armored.end), after,
                ]
            )
        }
        switch try keys.keyring(of: list, opening: post.bytes).rewrap(
            sealed: post.bytes,
            for: certificate,
            homes: keys.certificates
        ) {
        case .success(let rewrapped):
            return .success(
                [before, ByteBuffer(bytes: Armor.armor(rewrapped, kind: .message)), after]
            )
        case .failure(.keyUnusable): return .failure(.keyUnusable)
        case .failure(.failed(let error)): return .failure(.failed("\(error)"))
        }
    }

    private func sharedLines(of copy: ArmoredCopy) -> ByteBuffer {
        shared.withLockedValue { shared in
            if let lines = shared[copy.sharedBy] { return lines }
            let lines = ByteBuffer(bytes: copy.shared)
            shared[copy.sharedBy] = lines
            return lines
        }
    }

    private static func plaintextLimit(for size: Int) -> Int {
        // The post is not decompressed here, so the result is never larger.
        max(1 << 20, size)
    }
}

/// The reason why a post cannot be copied at all.
enum CopyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The list did not sign the post, or signed it with another identity.
    case forged
    /// The list did not sign the post, and the digest key was made after it.
    case otherDigestKey

    /// The alarm that says so.
    var alarm: Alarm {
        switch self {
        case .forged: .forgedPost
        case .otherDigestKey: .digestKey
        }
    }

    var description: String {
        switch self {
        case .forged: "a post in the store is not what its list sealed; it is not sent"
        case .otherDigestKey:
            "digest.key was made after a post that only the key before it can prove; the post is "
                + "not sent"
        }
    }
}
