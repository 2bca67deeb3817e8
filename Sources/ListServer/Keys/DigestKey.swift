import Crypto
public import Foundation
import MailingList

/// The secret key of the keyed digests, stored in a file beside the database.
///
/// An author's Message-ID contains their host and mail program; a copy must not. A keyed
/// digest replaces the id. The same id always has the same digest, so threads stay
/// together without a table. Nobody without the key can find the original id.
public struct DigestKey: Sendable {
    private let key: SymmetricKey

    /// Makes a key from 32 octets.
    public init(octets: some ContiguousBytes) {
        key = SymmetricKey(data: octets)
    }

    /// Reads the key file, or makes one of mode 0600 with new random octets.
    ///
    /// - Throws: ``DigestKeyError`` if the file is not a key or cannot be read or made, and
    ///   errors of the file system.
    public static func load(orMakeAt path: String) throws -> Self {
        if FileManager.default.fileExists(atPath: path) {
            // A new key would make every digest in the store invalid.
            guard let octets = FileManager.default.contents(atPath: path) else {
                throw DigestKeyError.unreadable(path)
            }
            guard octets.count == 32 else { throw DigestKeyError.damaged(path) }
            return Self(octets: octets)
        }
        var generator = RandomSource()
        let octets = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: octets,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw DigestKeyError.unwritable(path) }
        return Self(octets: octets)
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
    /// The file exists and cannot be read.
    case unreadable(String)
    /// The file cannot be made.
    case unwritable(String)

    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .damaged(let path):
            "\(path) is not a key of 32 octets. Restore it from a backup: without it threads "
                + "break, and posts that wait for a moderator, or that the list has not signed "
                + "(preserve_original_sig, sign_outgoing=false), are not sent, since they cannot "
                + "be told from planted ones."
        case .unreadable(let path):
            "\(path) cannot be read. Give it to the user of the service; do not delete it."
        case .unwritable(let path):
            "\(path) cannot be written. Check the owner and the free space of its directory."
        }
    }
}
