import Foundation
import GnuPG
import ListServer
package import MailingList
import OpenPGP
import SMTP

/// A decision on a held post.
package enum HeldPostDecision: Sendable, Hashable {
    /// The post is distributed.
    case accept
    /// The post is dropped, and its author is told why if a signature proves who they are.
    case reject(reason: String)
    /// The post is dropped, and nobody is told.
    case discard
}

extension ListHost {
    /// Decides on held posts, each on its own.
    ///
    /// An accepted post is judged again: it can be held once more, for another reason.
    ///
    /// Throws ``ActFailure`` if nothing was decided on any of them; for some of several the
    /// result has it. Its kinds: `notFound`, `notAllowed` if the post cannot be distributed,
    /// `outdated`, and `incomplete` for a failure of the store or the engine.
    package func decide(
        _ decision: HeldPostDecision,
        onHeldPosts ids: [HeldPost.ID]
    ) throws -> ActResult<[DecidedPost]> {
        var decided: [DecidedPost] = []
        var failures: [ActFailure] = []
        for id in ids {
            do {
                decided.append(try decide(decision, on: id))
            } catch let failure as ActFailure {
                failures.append(failure)
            } catch {
                failures.append(
                    ActFailure(
                        .incomplete,
                        "nothing was decided on post \(id): \(error)",
                        hint: "'listseal held show \(id)' and 'listseal status' may tell more"
                    )
                )
            }
        }
        let failure = failures.first.map { first in
            ActFailure(
                first.kind,
                failures.map(\.what).joined(separator: "\n"),
                hint: first.hint
            )
        }
        if decided.isEmpty, let failure { throw failure }
        return ActResult(decided, failure: failure)
    }

    private func decide(_ decision: HeldPostDecision, on id: HeldPost.ID) throws -> DecidedPost {
        let (post, list) = try heldPost(id)
        let (sealer, now) = (try sealer(), clock())
        let moderation = moderation(sealer)
        let transition: Transition
        let word: String
        switch decision {
        case .accept:
            switch try moderation.release(post, of: list, now: now) {
            case .released(let next): (transition, word) = (next, "accepted")
            case .asked(let next): (transition, word) = (next, "held again, for another reason")
            case .impossible(let reason):
                throw ActFailure(
                    .notAllowed,
                    "post \(id) cannot be distributed: \(reason)",
                    hint: "drop it with 'listseal held reject' or 'listseal held discard'"
                )
            }
        case .reject(let reason):
            transition = try moderation.rejection(of: post, of: list, reason: reason, now: now)
            word = "rejected"
        case .discard: (transition, word) = (Transition(changes: [.dismiss(id)]), "discarded")
        }
        do {
            try store.carryOut(
                transition.changes,
                answers: try transition.answers.compactMap {
                    try sealer.seal($0, of: list, now: now)
                },
                in: list.id,
                now: now
            )
        } catch ListStoreError.outdated {
            throw ActFailure(
                .outdated,
                "somebody else has decided on post \(id) in the meantime",
                hint: "'listseal held list \(list.address)' prints the posts that still wait"
            )
        }
        return DecidedPost(post: HeldPostReport(post), decision: word)
    }

    func moderation(_ sealer: Sealer) -> Moderation {
        Moderation(
            store: store,
            opener: MessageOpener(store: store, keys: keys),
            sealer: sealer
        )
    }
}
