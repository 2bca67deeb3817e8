/// Which people of a list a sealed post goes to, as conditions on their records.
///
/// A store selects the people for whom all conditions hold, in one statement.
public struct AudienceFilter: Sendable, Hashable {
    /// What the certificate of a person must be.
    public enum Key: Sendable, Hashable {
        /// Whatever it is, and if there is none.
        case any
        /// One that can encrypt now.
        case usable
        /// None, or one that cannot encrypt now.
        case unusable
    }

    /// Any of these roles; nil if the roles do not matter.
    public var roles: Subscriber.Roles?
    /// Only people with this delivery; nil if it does not matter.
    public var delivery: Subscriber.Delivery?
    /// What the certificate must be.
    public var key: Key
    /// One person who is left out.
    public var except: Subscriber.ID?

    /// Puts the conditions together.
    public init(
        roles: Subscriber.Roles?,
        delivery: Subscriber.Delivery? = nil,
        key: Key,
        except: Subscriber.ID? = nil
    ) {
        self.roles = roles
        self.delivery = delivery
        self.key = key
        self.except = except
    }

    /// Who gets a post of a kind that is accepted for an audience.
    ///
    /// What leaves in clear needs no key. A summons has no content, so every owner gets it.
    public init(_ audience: Acceptance.Audience, for kind: SealedPost.Kind) {
        switch audience {
        case .subscribers(let except):
            self.init(
                roles: .subscriber,
                delivery: .active,
                key: kind == .clearPost ? .any : .usable,
                except: except
            )
        case .owners: self.init(roles: .owner, key: kind == .summons ? .any : .usable)
        case .everybody: self = .everybody
        }
    }

    /// Owners whose key can encrypt.
    public static let owners = Self(roles: .owner, key: .usable)
    /// Owners whose key cannot: they get a summons.
    public static let ownersWithoutKey = Self(roles: .owner, key: .unusable)
    /// Owners and moderators whose key can encrypt.
    public static let deciders = Self(roles: .deciders, key: .usable)
    /// Everybody whose key can encrypt, in whatever role, also with suspended delivery.
    public static let everybody = Self(roles: nil, key: .usable)

    /// The people whom this audience leaves out for their key alone; nil if it needs none.
    public var withoutKey: Self? {
        key == .usable ? Self(roles: roles, delivery: delivery, key: .unusable) : nil
    }
}
