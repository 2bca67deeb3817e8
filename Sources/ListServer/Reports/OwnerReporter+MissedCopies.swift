import Foundation
import MailingList
import SMTP

extension OwnerReporter {
    /// Tells owners which copies did not reach subscribers, and why.
    ///
    /// Waits until one of the owners can read it.
    func tellOfMissedCopies() throws -> Bool {
        let now = clock()
        let rows = try items(awaiting: .missedCopies, due: .missedCopies) {
            try store.missedCopies(of: $0, limit: Self.limit)
        }
        return try forEachList(of: rows, by: \.list) { list, rows in
            let lines = rows.map { row in
                TextValue.row(
                    [.text(row.address)]
                        + [row.messageID, row.reason].compactMap(\.self).map {
                            .text($0.visible)
                        } + (row.delivery == nil ? [] : [.waitingCopy])
                )
            }
            let answer = Answer(
                reader: .owners,
                text: AnswerText(
                    .missedCopies,
                    ["count": .text("\(rows.count)"), "people": .lines(lines)]
                ),
                attachments: [],
                answering: nil
            )
            guard let sealed = try sealer.seal(answer, of: list, now: now) else { return }
            try store.tell([sealed], ofMissed: rows, in: list.id, now: now)
        }
    }
}
