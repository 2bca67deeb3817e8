import Foundation
import MailingList
import OpenPGP
import SMTP

extension OwnerReporter {
    /// Days before a key expires when the subscriber and the list's owners are told.
    static let notice = 30
    /// Seconds before a key expires when the report does not wait for the next day.
    static let urgency: TimeInterval = 2 * 86_400

    /// Tells subscribers and owners, once for each key, that it expires soon.
    func warnOfKeys() throws -> Bool {
        let now = clock()
        // A failure, or many keys, of one list must not delay the reports of another.
        let due = Set(try lists(due: .keyExpiry).map(\.id))
        let people = try store.lists().flatMap { list in
            try store.unwarnedExpiringSubscribers(
                of: list.id,
                from: now,
                until: now.addingTimeInterval(
                    due.contains(list.id) ? TimeInterval(Self.notice * 86_400) : Self.urgency
                ),
                limit: Self.limit
            )
        }
        return try forEachList(of: people, by: \.list) { list, people in
            let isTold = list.settings.ownerEvents.contains(.keyExpiry)
            let answers = people.map { answer(to: $0) } + (isTold ? [report(about: people)] : [])
            try store.warn(
                try answers.compactMap { try sealer.seal($0, of: list, now: now) },
                aboutKeysOf: people,
                of: list.id,
                now: now
            )
        }
    }

    private func answer(to person: Subscriber) -> Answer {
        Answer(
            reader: .person(person.address, person.certificate),
            text: AnswerText(
                .keyExpires,
                [
                    "fingerprint": .key(person.certificate?.fingerprint),
                    "expires": Self.end(of: person).map { .time($0) } ?? "",
                ]
            ),
            attachments: [],
            answering: nil
        )
    }

    private func report(about people: [Subscriber]) -> Answer {
        let lines = people.map { person in
            TextValue.row([
                .address(person.address), .key(person.certificate?.fingerprint),
                Self.end(of: person).map { .until($0) } ?? "",
            ])
        }
        return Answer(
            reader: .ownersIfTheyCan,
            text: AnswerText(
                .keysExpire,
                ["count": .text("\(people.count)"), "keys": .lines(lines)]
            ),
            attachments: [],
            answering: nil
        )
    }

    private static func end(of person: Subscriber) -> Date? {
        person.certificate?.encryptionExpires
    }
}
