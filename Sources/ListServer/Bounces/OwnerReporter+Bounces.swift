import Foundation
import MailingList
import SMTP

extension OwnerReporter {
    /// Days until a person is told that their copies have stopped: a mailbox that accepts nothing
    /// today does not accept that notice either.
    static let patience = 7

    /// Tells owners whose copies have stopped after bounces, and the person a week later.
    func tellOfBounces() throws -> Bool {
        let now = clock()
        let early = now.addingTimeInterval(-TimeInterval(Self.patience * 86_400))
        return try [
            tell(.owners, before: now) { [try ownersAnswer(about: $0)] },
            tell(.person, before: early) { people in people.map { personAnswer(to: $0) } },
        ].contains(true)
    }

    /// Tells owners which external contacts did not receive a forwarded post.
    ///
    /// Waits until one of the owners can read it.
    func tellOfUnsent() throws -> Bool {
        let now = clock()
        let rows = try items(awaiting: .unsent) { try store.unsent(of: $0, limit: Self.limit) }
        return try forEachList(of: rows, by: \.list) { list, rows in
            let lines = rows.map {
                TextValue.row([.text($0.address), .text($0.reason.visible)])
            }
            let answer = Answer(
                reader: .owners,
                text: AnswerText(
                    .unsent,
                    ["count": .text("\(rows.count)"), "people": .lines(lines)]
                ),
                attachments: [],
                answering: nil
            )
            guard let sealed = try sealer.seal(answer, of: list, now: now) else { return }
            try store.tell([sealed], ofUnsent: rows, in: list.id, now: now)
        }
    }

    private func tell(
        _ reader: SuspensionReader,
        before time: Date,
        _ answers: ([Subscriber]) throws -> [Answer]
    ) throws -> Bool {
        let people = try items(
            awaiting: .suspensions(before: time, untold: reader),
            due: reader == .owners ? .bounces : nil
        ) {
            try store.suspendedSubscribers(
                of: $0,
                before: time,
                untold: reader,
                limit: Self.limit
            )
        }
        let now = clock()
        return try forEachList(of: people, by: \.list) { list, people in
            let isTold = reader == .person || list.settings.ownerEvents.contains(.bounces)
            try store.tell(
                try (isTold ? answers(people) : []).compactMap {
                    try sealer.seal($0, of: list, now: now)
                },
                to: reader,
                of: people.map(\.id),
                in: list.id,
                now: now
            )
        }
    }

    private func ownersAnswer(about people: [Subscriber]) throws -> Answer {
        let lines = try people.map { person in
            let last = try store.bounces(of: person.id).last?.bounce
            let said = [last?.status?.description, last?.detail.visible].compactMap(\.self)
            return TextValue.row([.address(person.address)] + said.map { .text($0) })
        }
        return Answer(
            reader: .ownersIfTheyCan,
            text: AnswerText(
                .bouncesOwners,
                ["count": .text("\(people.count)"), "people": .lines(lines)]
            ),
            attachments: [],
            answering: nil
        )
    }

    private func personAnswer(to person: Subscriber) -> Answer {
        Answer(
            reader: .person(person.address, person.certificate),
            text: AnswerText(
                .bounces,
                ["since": .time(person.bouncedSince ?? clock())]
            ),
            attachments: [],
            answering: nil
        )
    }
}
