import MailingList

/// The column `roles` of `subscriber`: the bits of ``MailingList/Subscriber/Roles``.
enum RolesColumn {
    /// A condition on a row `s`: that it has any of some roles.
    ///
    /// It names the values, since an index finds values and no bits.
    static func contains(any roles: Subscriber.Roles) -> String {
        let all = Subscriber.Roles(Subscriber.Roles.named.map(\.role))
        let values = (0...all.rawValue).filter {
            !Subscriber.Roles(rawValue: $0).isDisjoint(with: roles)
        }
        return "s.roles IN (\(values.map(String.init).joined(separator: ", ")))"
    }
}
