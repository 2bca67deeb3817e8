import Foundation
import MailingList
import OpenPGP
import SMTP

extension OwnerReporter {
    /// Days before a key expires when the subscriber and the list's owners are told.
    static let notice = 30
    /// Seconds before it at which nobody waits for tomorrow's report.
    static let urgency: TimeInterval = 2 * UTCDay.seconds

    /// Tells subscribers and owners, once for each key, that it expires soon.
    func warnOfKeys() throws -> Bool {
        let now = clock()
        func expiring(_ seconds: TimeInterval, due report: OwnerReport?) throws -> [Subscriber] {
            let end = now.addingTimeInterval(seconds)
            // One list's many, or its failure, keep no other's waiting.
            return try items(awaiting: .expiringKeys(from: now, until: end), due: report) {
                try store.unwarnedExpiringSubscribers(
                    of: $0,
                    from: now,
                    until: end,
                    limit: Self.limit
                )
            }
        }
        let soon = try expiring(TimeInterval(Self.notice) * UTCDay.seconds, due: .keyExpiry)
        let reported = Set(soon.map(\.list))
        let urgent = try expiring(Self.urgency, due: nil)
        let people = soon + urgent.filter { !reported.contains($0.list) }
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
