/// Something in the set-up that an administrator should look at.
public struct Finding: Codable, Sendable, Hashable {
    /// What kind of thing it is, for programs.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Nothing is recorded in the state directory.
        case notAttached
        /// A setting of ours is not there, or not as it was written.
        case incomplete
        /// Milter lists refer to each other.
        case circularMilters
        /// Another milter comes behind ours.
        case milterNotLast
        /// A service has its own settings where ours would have to be.
        case serviceOverrides
        /// Some clients are kept from the milters.
        case milterMaps
        /// A filter in front takes the end of the message.
        case proxyFilter
        /// Mail leaves Postfix and comes back.
        case contentFilter
        /// A rule holds messages, which an accepted post cannot be.
        case holdRule
        /// Addresses are split elsewhere than at `+`.
        case recipientDelimiter
        /// Postfix forgets what was typed.
        case originalRecipient
        /// Final refusals are made temporary.
        case softBounce
        /// A socket is missing or cannot be reached.
        case socket
        /// The daemon may not use the way back.
        case groupMembership
        /// The way back has other milters than the site.
        case wayBackMilters
        /// The address table does not say what the lists are.
        case outdatedMap
        /// Another table answers first for an address of a list.
        case shadowedAddress
        /// Postfix does not take mail for a list's domain.
        case unknownDomain
    }

    /// What kind of thing it is.
    public let kind: Kind
    /// What was found, in words.
    public let message: String
    /// What to do about it.
    public let hint: String

    /// Puts the words together.
    public init(_ kind: Kind, _ message: String, hint: String) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
