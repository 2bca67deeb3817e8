import Foundation
import GRDB
import MailingList

/// Who of a list gets copies of a post, as SQL.
enum AudienceQuery {
    /// Subscribers with active delivery whose key can encrypt, less one.
    case subscribers(except: Subscriber.ID?)
    /// Subscribers with active delivery, whatever their key, less one.
    case readersInClear(except: Subscriber.ID?)
    /// Owners whose key can encrypt.
    case owners
    /// Owners and moderators whose key can encrypt.
    case deciders
    /// Owners whose key cannot: they get what has no content.
    case ownersWithoutKey
    /// Every owner, whatever her key.
    case allOwners
    /// Everybody whose key can encrypt.
    case everybody

    /// What Acceptance means for a post: a summons needs no key.
    init(_ audience: Acceptance.Audience, for kind: SealedPost.Kind) {
        self =
            switch (audience, kind) {
            case (.subscribers(let except), .clearPost): .readersInClear(except: except)
            case (.subscribers(let except), _): .subscribers(except: except)
            case (.everybody, _): .everybody
            case (.owners, .summons): .allOwners
            case (.owners, .post), (.owners, .clearPost), (.owners, .ownerMail), (.owners, .answer),
                (.owners, .clearAnswer), (.owners, .resent), (.owners, .clearResent):
                .owners
            }
    }

    /// Writes the rows, in an order that says nothing about the people.
    ///
    /// Copies leave in the order of their rows: were it always that of
    /// subscription, whoever sees two copies pass would know who came first.
    func insertDeliveries(
        post: Int64,
        list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO delivery (list, post, subscriber, next_attempt)
            SELECT s.list, :post, s.id, :now
            FROM subscriber AS s LEFT JOIN certificate AS c ON c.subscriber = s.id
            WHERE s.list = :list AND s.id IS NOT :except AND \(people) AND \(keys)
            ORDER BY random()
            """,
            ["post": post, "list": list, "now": now.timestamp, "except": excluded]
        )
    }

    /// Notes of everybody whom the audience leaves out for her key alone.
    func markUnusable(list: MailingList.ID, now: Date, in db: Database) throws {
        try db.run(
            """
            UPDATE subscriber SET unusable_since = :now
            WHERE id IN (
                SELECT s.id
                FROM subscriber AS s LEFT JOIN certificate AS c ON c.subscriber = s.id
                WHERE s.list = :list AND s.unusable_since IS NULL AND \(people)
                    AND NOT (\(keys))
            )
            """,
            ["list": list, "now": now.timestamp]
        )
    }

    private var people: String {
        switch self {
        case .subscribers, .readersInClear: "s.roles & 1 AND s.delivery = 'active'"
        case .owners, .ownersWithoutKey, .allOwners: "s.roles & 2"
        case .deciders: "s.roles & 6"
        case .everybody: "TRUE"
        }
    }

    private var keys: String {
        switch self {
        case .subscribers, .owners, .deciders, .everybody: CertificateRecord.isUsable
        case .ownersWithoutKey: "NOT (\(CertificateRecord.isUsable))"
        case .readersInClear, .allOwners: "TRUE"
        }
    }

    private var excluded: Subscriber.ID? {
        switch self {
        case .subscribers(let except), .readersInClear(let except): except
        case .owners, .deciders, .ownersWithoutKey, .allOwners, .everybody: nil
        }
    }
}
