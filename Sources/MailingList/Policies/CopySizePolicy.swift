import Foundation

/// Refuses what would become copies that are larger than the list or the host's MTA accepts.
///
/// The author's program compresses what it encrypts. The copies are not compressed, because
/// their length would tell about the text, and because a copy must be one pass over octets that
/// all copies share. So a text of 2 MB in the mail can be one of 10 MB in each copy.
public struct CopySizePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `copy-size`.
    public var name: String { "copy-size" }

    /// Compares the octets of one copy with `max_message_size` and the limit of the MTA.
    ///
    /// How large something is that the list could decrypt is told to its proven author alone.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        guard let content = post.content else { return .passes }
        let size = Self.copySize(ofContent: content.entity.count)
        let limit = min(context.list.settings.maximumMessageSize, context.copyLimit ?? .max)
        guard size > limit else { return .passes }
        let mayTell = context.proof.isProven || post.encryption.result == .none
        return .refuses(
            mayTell ? .copyTooLarge : .malformedInside,
            "each copy would have \(size.readableOctets), and the limit is "
                + limit.readableOctets
        )
    }

    /// The octets of one copy of a content of so many octets, within a few thousand.
    ///
    /// Armor writes 48 octets in a line of 64 characters and CRLF.
    ///
    /// - SeeAlso: [RFC 9580 §6](https://www.rfc-editor.org/rfc/rfc9580#section-6)
    public static func copySize(ofContent octets: Int) -> Int {
        (octets + envelope) / 48 * 66 + envelope
    }

    // Header fields, the list's key in Autocrypt, the block of metadata, packets.
    private static let envelope = 2048
}

extension Int {
    // "10.9 MB", or "900 KB" below a megabyte: the two sizes can be close to each other.
    fileprivate var readableOctets: String {
        self < 1_000_000
            ? "\((self + 999) / 1000) KB"
            : "\(self / 1_000_000).\(self % 1_000_000 / 100_000) MB"
    }
}
