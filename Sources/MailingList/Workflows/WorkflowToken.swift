import Crypto
import Foundation

/// 128 random bits, which a person sends back to show that they received a mail.
///
/// Lower-case base32, so that it survives in an address. The store keeps its
/// SHA-256 alone, and looks it up by that: neither a copy of the store nor the
/// time of a look-up tells a token.
public struct WorkflowToken: Sendable, Hashable, CustomStringConvertible {
    /// Characters, 5 bits each.
    public static let length = 26

    /// The token as it stands in a mail.
    public let description: String

    /// Takes a token that somebody sent, in any case; nil if it cannot be one.
    public init?(_ text: some StringProtocol) {
        guard let folded = Base32.folded(text, length: Self.length) else { return nil }
        description = folded
    }

    /// Draws a new token.
    public static func random(using generator: inout some RandomNumberGenerator) -> Self {
        Self(drawn: Base32.random(length: length, using: &generator))
    }

    private init(drawn text: String) {
        description = text
    }

    /// What the store keeps of it.
    public var digest: [UInt8] {
        Array(SHA256.hash(data: Data("listseal token 1\0\(description)".utf8)))
    }
}
