import Foundation
import MailingList
import SMTP

/// Says what follows from the judgement of a post.
struct PostJudging: Sendable {
    let store: any ListStore
    let moderation: Moderation
    let sealing: PostSealing

    /// Refuses, holds, drops or seals a post.
    ///
    /// Throws what the store and the engine throw.
    func disposition(
        of arrival: Arrival,
        _ judgement: Judgement,
        now: Date
    ) throws -> Disposition {
        switch judgement.verdict {
        case .refuse(.replay) where try store.hasReceipt(arrival.receipt):
            // Another session accepted the same delivery while this one opened it.
            return .answer(.repeated)
        case .refuse(let refusal):
            return .refuse(
                refusal,
                judgement.detail,
                provenAuthor: judgement.provenAddress
            )
        case .discard(let refusal):
            // Nobody is told, so nothing is stored that could tell.
            return .store(
                arrival.acceptance(
                    .discard,
                    detail: "dropped, \(refusal.rawValue): \(judgement.detail)"
                )
            )
        case .hold(let refusal): return try hold(arrival, judgement, refusal, now: now)
        case .accept:
            guard
                let sealed = try sealing.seal(
                    arrival.opened,
                    judgement,
                    for: arrival.recipient.list,
                    now: now
                )
            else {
                return .refuse(
                    judgement.overlooked.first ?? .malformedInside,
                    "there is nothing in it that could be distributed"
                )
            }
            return .store(
                arrival.acceptance(
                    .distribute(sealed.post, to: sealed.audience),
                    // The claim of a replay is another post's.
                    claims: judgement.overlooked.contains(.replay) ? [] : judgement.claims,
                    forwarded: sealed.forwarded,
                    author: judgement.isAuthorsOwn ? judgement.proof.author?.id : nil,
                    detail: sealed.forwarded.isEmpty
                        ? "" : "forwarded to \(sealed.forwarded.count) outside"
                )
            )
        }
    }

    private func hold(
        _ arrival: Arrival,
        _ judgement: Judgement,
        _ refusal: Refusal,
        now: Date
    ) throws -> Disposition {
        let totals = try store.heldTotals(of: arrival.recipient.list.id)
        guard totals.count < HeldPost.maximumCount, totals.octets < HeldPost.maximumOctets
        else {
            return .answer(
                .postponed(.busy, detail: "too many posts wait for a moderator")
            )
        }
        let isReplay = refusal == .replay || judgement.overlooked.contains(.replay)
        return .store(
            arrival.acceptance(
                try moderation.hold(
                    arrival,
                    for: [refusal] + judgement.overlooked.filter { $0 != refusal },
                    judgement.detail,
                    now: now
                ),
                // The claim of a replay is another post's.
                claims: isReplay ? [] : judgement.claims,
                author: judgement.isAuthorsOwn ? judgement.proof.author?.id : nil,
                detail: "held, \(refusal.rawValue): \(judgement.detail)"
            )
        )
    }
}
