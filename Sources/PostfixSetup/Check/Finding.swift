/// A problem of the Postfix configuration, for the administrator.
public struct Finding: Codable, Sendable, Hashable {
    /// The kind of a finding, for programs.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// The state directory has no record of a set-up.
        case notAttached
        /// A setting or a service that `setup` made is missing.
        case incomplete
        /// Milter lists refer to each other, or non_smtpd_milters names our milter.
        case circularMilters
        /// Another milter runs after ours.
        case milterNotLast
        /// A service overrides a setting that we need.
        case serviceOverrides
        /// smtpd_milter_maps sends some clients to other milters.
        case milterMaps
        /// A proxy filter keeps the end of the message from our milter.
        case proxyFilter
        /// A content filter handles mail that our milter leaves.
        case contentFilter
        /// A rule has the action HOLD, which does not stop an accepted post.
        case holdRule
        /// Postfix does not split addresses at `+` alone, or drops extensions of aliases.
        case recipientDelimiter
        /// Postfix does not keep the original recipient.
        case originalRecipient
        /// soft_bounce makes permanent refusals temporary.
        case softBounce
        /// A socket is missing or cannot be reached.
        case socket
        /// The daemon's user is not in the group that may use the way back.
        case groupMembership
        /// Copies pass other milters than the site's own mail.
        case wayBackMilters
        /// The address table on disk does not match the lists.
        case outdatedMap
        /// An earlier table answers for an address of a list.
        case shadowedAddress
        /// Postfix does not accept mail for a list's domain.
        case unknownDomain
    }

    /// What kind of thing it is.
    public let kind: Kind
    /// The problem and its effect, in words.
    public let message: String
    /// The remedy, in words.
    public let hint: String

    /// Makes a finding from its kind and its texts.
    public init(_ kind: Kind, _ message: String, hint: String) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
