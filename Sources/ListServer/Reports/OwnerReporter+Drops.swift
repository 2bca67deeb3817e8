import Foundation
import MailingList

extension OwnerReporter {
    /// Tells owners how many refused messages were dropped because their authors could not be told.
    func tellOfDrops() throws -> Bool {
        let now = clock()
        let counts = try items(awaiting: .drops, due: .dropped) {
            [(list: $0, count: try store.unreportedDrops(of: $0))]
        }
        return try forEachList(of: counts.filter { $0.count > 0 }, by: \.list) { list, counts in
            let count = counts.reduce(0) { $0 + $1.count }
            let isTold = list.settings.ownerEvents.contains(.dropped)
            let answer = Answer(
                reader: .ownersIfTheyCan,
                text: AnswerText(.dropped, ["count": .text("\(count)")]),
                attachments: [],
                answering: nil
            )
            try store.tell(
                try (isTold ? [answer] : []).compactMap {
                    try sealer.seal($0, of: list, now: now)
                },
                ofDrops: count,
                in: list.id,
                now: now
            )
        }
    }
}
