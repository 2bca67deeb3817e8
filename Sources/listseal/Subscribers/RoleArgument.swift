import ArgumentParser
import MailingList

/// A role as it is typed.
struct RoleArgument: ExpressibleByArgument {
    let role: Subscriber.Roles

    init?(argument: String) {
        guard let role = Subscriber.Roles.named.first(where: { $0.name == argument })?.role else {
            return nil
        }
        self.role = role
    }

    static var allValueStrings: [String] { Subscriber.Roles.named.map(\.name) }
}
