import Crypto
public import Foundation
import MailingList

/// The secret of the keyed digests, kept in a file beside the database.
///
/// An author's Message-ID names her host and her program; a copy must not. It
/// is replaced by a digest of itself, so that threads hold without any table:
/// the same id always gives the same answer, and nobody without the key can
/// find out which.
public struct DigestKey: Sendable {
    private let key: SymmetricKey

    /// Takes 32 octets.
    public init(octets: some ContiguousBytes) {
        key = SymmetricKey(data: octets)
    }

    /// Reads the key file, or makes one with new random octets, 0600.
    ///
    /// Throws what the file system says, or ``DigestKeyError`` for a file that
    /// is not a key.
    public static func load(orMakeAt path: String) throws -> Self {
        if FileManager.default.fileExists(atPath: path) {
            // Another one in its place would make all that it vouches for worthless.
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

    /// 32 octets that stand for others in a context.
    func digest(of bytes: [UInt8], in context: String) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Data("\(context)\0".utf8))
        code.update(data: bytes)
        return Array(code.finalize())
    }

    /// 26 letters and digits that stand for a text in a context.
    public func name(of text: String, in context: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(context)\0\(text)".utf8),
            using: key
        )
        return Base32.encode(code.prefix(16))
    }
}

/// Why there is no key for the digests.
public enum DigestKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file has not 32 octets.
    case damaged(String)
    /// The file is there, and cannot be read.
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
