/// The parts of a list's addresses that Postfix's tables and the daemon have in common.
package enum ListAddressing {
    /// The domain behind which Postfix hands list mail to the gate.
    ///
    /// It is never in the DNS, so that an address that leaks reaches nobody.
    ///
    /// - SeeAlso: [RFC 2606 §2](https://www.rfc-editor.org/rfc/rfc2606#section-2)
    package static let gateDomain = "listseal.invalid"

    /// The end of the local part, behind the list's name, for each role that has one.
    ///
    /// - SeeAlso: [RFC 2142 §6](https://www.rfc-editor.org/rfc/rfc2142#section-6)
    package enum RoleSuffix: String, Sendable, CaseIterable {
        case request = "-request"
        case owner = "-owner"
        case join = "-join"
        case leave = "-leave"
        case confirm = "-confirm"
        case bounces = "-bounces"
        case sendkey = "-sendkey"

        /// Whether an address with this suffix carries a token behind a `+`.
        package var takesToken: Bool {
            switch self {
            case .confirm, .bounces: true
            case .request, .owner, .join, .leave, .sendkey: false
            }
        }
    }
}
