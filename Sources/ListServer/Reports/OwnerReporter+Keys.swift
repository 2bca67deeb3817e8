import Foundation
import MailingList
import OpenPGP
import SMTP

extension OwnerReporter {
    /// Days before a key's end at which its owner, and the list's owners, are told.
    static let notice = 30
    /// Seconds before it at which nobody waits for tomorrow's report.
    static let urgency: TimeInterval = 2 * 86_400

    /// Tells of keys that can soon not be encrypted to, once each.
    func warnOfKeys() throws -> Bool {
        let now = clock()
        // One list's many, or its failure, keep no other's waiting.
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
