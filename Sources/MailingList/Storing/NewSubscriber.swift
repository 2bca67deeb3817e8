public import OpenPGP
public import SMTP

/// A person who is to be added to a list.
public struct NewSubscriber: Sendable, Hashable {
    /// Where their copies go.
    public let address: EmailAddress
    /// What they may do.
    public let roles: Subscriber.Roles
    /// Their confirmed certificate, if there is one.
    public let certificate: Certificate?
    /// What stands in the reverse-path of their copies.
    public let token: AddressToken

    /// - Parameters:
    ///   - address: Where their copies go.
    ///   - roles: What they may do; at least one role.
    ///   - certificate: Their confirmed certificate, if there is one.
    ///   - token: What stands in the reverse-path of their copies; a random one by default.
    public init(
        address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken? = nil
    ) {
        var random = RandomSource()
        self.address = address
        self.roles = roles
        self.certificate = certificate
        self.token = token ?? .random(using: &random)
    }
}
