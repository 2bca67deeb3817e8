/// The random part of a reverse-path: which subscriber a bounce is about.
///
/// 100 bits in lower-case base32, because MTAs fold local parts to lower case.
/// It says nothing about the subscriber, so that neither the log of a remote
/// host nor a bounce tells who is on the list, and nobody can make one up.
public struct AddressToken: Sendable, Hashable, CustomStringConvertible {
    /// Characters of a token, 5 bits each.
    public static let length = 20

    /// The token as it stands in an address.
    public let description: String

    /// Takes a token from an address, in any case; nil if it cannot be one.
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
}
