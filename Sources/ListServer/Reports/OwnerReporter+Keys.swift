import Foundation
import MailingList
import OpenPGP
import SMTP

extension OwnerReporter {
    /// Days before a key's end at which its owner, and the list's owners, are told.
    static let notice = 30
    /// Seconds before it at which nobody waits for tomorrow's report.
    static let urgency: TimeInterval = 2 * UTCDay.seconds

    /// Tells of keys that can soon not be encrypted to, once each.
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
                    "fingerprint": person.certificate?.fingerprint.description ?? "",
                    "expires": Self.end(of: person),
                ]
            ),
            attachments: [],
            answering: nil
        )
    }

    private func report(about people: [Subscriber]) -> Answer {
        let lines = people.map { person in
            "  \(person.address)  \(person.certificate?.fingerprint.description ?? "")  "
                + "until \(Self.end(of: person))"
        }
        return Answer(
            reader: .ownersIfTheyCan,
            text: AnswerText(
                .keysExpire,
                ["count": "\(people.count)", "keys": lines.joined(separator: "\n")]
            ),
            attachments: [],
            answering: nil
        )
    }

    private static func end(of person: Subscriber) -> String {
        person.certificate?.encryptionExpires?.formatted(.iso8601) ?? ""
    }
}
