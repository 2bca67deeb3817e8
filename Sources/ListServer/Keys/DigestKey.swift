import Crypto
public import Foundation
import MailingList
import Unix

/// The secret key of the keyed digests, stored in a file beside the database.
///
/// An author's Message-ID contains their host and mail program; a copy must not. A keyed
/// digest replaces the id. The same id always has the same digest, so threads stay
/// together without a table. Nobody without the key can find the original id.
public struct DigestKey: Sendable {
    private let key: SymmetricKey
    /// When the file was written.
    private let made: Date

    /// Makes a key from 32 octets, which was made at a time.
    public init(octets: some ContiguousBytes, made: Date = .distantPast) {
        key = SymmetricKey(data: octets)
        self.made = made
    }

    /// Whether another key can have authenticated what was stored at a time.
    func isYounger(than time: Date) -> Bool { time < made }

    /// Reads the key file, or makes one with new random octets, mode 0600.
    ///
    /// The file is synced to disk before it is used. Two processes that make it at the same
    /// time get the same key.
    ///
    /// - Throws: ``DigestKeyError`` if the file is not a key, or cannot be read or made.
    public static func load(orMakeAt path: String) throws(DigestKeyError) -> Self {
        try make(at: path)
        return try load(at: path)
    }

    /// Makes the key file with new random octets unless there is one.
    ///
    /// - Throws: ``DigestKeyError/unwritable(_:reason:)``.
    public static func make(at path: String) throws(DigestKeyError) {
        if !FileManager.default.fileExists(atPath: path) {
            var generator = RandomSource()
            let octets = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            do {
                // If another process has made the file first, its key is used.
                _ = try DurableFile.create(path, Data(octets), mode: 0o600)
            } catch {
                throw .unwritable(path, reason: error.description)
            }
        }
    }

    /// Reads the key file of a state that has lists.
    ///
    /// - Throws: ``DigestKeyError``; ``DigestKeyError/missing(_:)`` if there is none: a new key
    ///   would make what the old one has authenticated look planted.
    public static func load(at path: String) throws(DigestKeyError) -> Self {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        // A new key would invalidate everything that the old one has authenticated.
        guard let octets = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path)
        }
        guard octets.count == 32 else { throw .damaged(path) }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let made = attributes?[.modificationDate] as? Date
        return Self(octets: octets, made: made ?? .distantPast)
    }

    /// The digest of octets in a context, 32 octets long.
    func digest(of bytes: [UInt8], in context: String) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Data("\(context)\0".utf8))
        code.update(data: bytes)
        return Array(code.finalize())
    }

    /// The digest of a text in a context, as 26 letters and digits.
    public func name(of text: String, in context: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(context)\0\(text)".utf8),
            using: key
        )
        return Base32.encode(code.prefix(16))
    }
}

/// The reason why the digest key is not available.
public enum DigestKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file does not have 32 octets.
    case damaged(String)
    /// There is no file, and lists have used one.
    case missing(String)
    /// The file exists and cannot be read.
    case unreadable(String)
    /// The file cannot be made, for this reason.
    case unwritable(String, reason: String)

    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .damaged(let path):
            "\(path) is not a key of 32 octets. Restore it from a backup: without it threads "
                + "break, and posts that wait for a moderator, or that the list has not signed "
                + "(preserve_original_sig, sign_outgoing=false), are not sent, since they cannot "
                + "be told from planted ones."
        case .missing(let path):
            "\(path) is missing, and the lists have used it. Restore it from a backup. If it is "
                + "lost for good, 'listseal renew-digest-key' makes another and says what that "
                + "costs."
        case .unreadable(let path):
            "\(path) cannot be read. Give it to the user of the service; do not delete it."
        case .unwritable(let path, let reason):
            "\(reason). Check the owner and the free space of the folder of \(path)."
        }
    }
}
