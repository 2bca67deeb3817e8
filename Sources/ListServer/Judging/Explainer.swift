import Foundation
import MIME
public import MailingList
import OpenPGP
import SMTP

/// Takes a message along the road that a door takes, and changes nothing.
public struct Explainer: Sendable {
    private let road: Road

    /// Explains with the road that the daemon would build.
    public init(road: Road) {
        self.road = road
    }

    /// Explains a message for a list's posting address.
    ///
    /// A file with bare line feeds is read as if it had come by SMTP, and a first line of an
    /// mbox file ("From …") is passed over, as every program does that hands such a file to
    /// SMTP.
    /// - Throws: what the store and the engine throw.
    public func explain(
        _ bytes: [UInt8],
        named file: String,
        for list: MailingList
    ) throws -> Explanation {
        let message = ReceivedMessage(bytes: LineEndings.canonical(Self.withoutMboxLine(bytes)))
        let recipient = ListRecipient(list: list, role: .posting, bounced: nil)
        let journey = road.travel(message, for: recipient, isPeerThere: { true })
        // What the road did not open is opened here to be shown: the reply stays the road's.
        let opened = try journey.opened ?? road.opener.open(message, for: list)
        let results = try road.judge.results(
            opened,
            as: .post,
            for: list,
            now: road.clock()
        )
        let end = Ending(journey)
        return Explanation(
            file: file,
            list: list.address.description,
            size: message.size,
            structure: opened.structure.outline,
            layers: opened.structure.layers,
            encryption: words(opened.encryption.result),
            fault: words(opened.structure.fault),
            from: opened.outside.from.map(\.description),
            isFromSubscribed: opened.outside.author != nil,
            signatures: opened.signatures.all.map {
                Explanation.Signature(
                    outcome: "\($0.outcome)",
                    fingerprint: $0.primary?.description,
                    key: $0.signer?.description,
                    created: $0.created,
                    expires: $0.expires,
                    covers: opened.signatures.extent ?? "nothing"
                )
            },
            policies: results.map { policyResult($0.policy, $0.result) },
            isRepeated: end.isRepeated,
            overlooked: journey.judgement?.overlooked.map(\.rawValue) ?? [],
            verdict: end.word,
            detail: end.detail,
            refusal: end.refusal?.rawValue,
            reply: Explanation.Reply(
                code: end.reply.code,
                enhanced: end.reply.enhanced?.description,
                text: end.reply.lines.joined(separator: " ")
            )
        )
    }

    private static func withoutMboxLine(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: Array("From ".utf8)),
            let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        else { return bytes }
        return Array(bytes[(end + 1)...])
    }

    private func policyResult(_ name: String, _ result: PolicyResult) -> Explanation.Policy {
        switch result {
        case .passes:
            Explanation.Policy(name: name, answer: "passes", refusal: nil, detail: nil)
        case .refuses(let refusal, let detail):
            Explanation.Policy(
                name: name,
                answer: "refuses",
                refusal: refusal.rawValue,
                detail: detail
            )
        }
    }

    private func words(_ encryption: OpenedMessage.Encryption.Result) -> String {
        switch encryption {
        case .none: "none"
        case .opened: "opened"
        case .failed(let detail): "failed: \(detail)"
        }
    }

    private func words(_ fault: OpenedMessage.Structure.Fault?) -> String? {
        switch fault {
        case .outside(let detail): "outside: \(detail)"
        case .inside(let detail): "inside: \(detail)"
        case nil: nil
        }
    }
}

/// The end of the road, as `explain` prints it.
private struct Ending {
    let word: String
    let refusal: Refusal?
    let detail: String
    let isRepeated: Bool
    let reply: SMTPReply

    private static let accepted = SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")

    init(_ journey: Road.Journey) {
        switch journey.disposition {
        case .store, .answer(.accepted):
            let verdict = journey.judgement?.verdict ?? .accept
            self.init(verdict.word, verdict.refusal, journey.judgement?.detail ?? "", Self.accepted)
        case .answer(.repeated):
            self.init("accept", nil, "", Self.accepted, isRepeated: true)
        case .storeAndAnswer(_, let outcome), .answer(let outcome): self.init(outcome)
        }
    }

    private init(_ outcome: Outcome) {
        switch outcome {
        case .accepted, .repeated: self.init("accept", nil, "", Self.accepted)
        case .refused(let refusal, let detail, _):
            self.init("refuse", refusal, detail, refusal.reply(detail))
        case .postponed(let reply, let detail): self.init("postpone", nil, detail, reply)
        case .failed(let detail): self.init("postpone", nil, detail, .failure)
        }
    }

    private init(
        _ word: String,
        _ refusal: Refusal?,
        _ detail: String,
        _ reply: SMTPReply,
        isRepeated: Bool = false
    ) {
        self.word = word
        self.refusal = refusal
        self.detail = detail
        self.reply = reply
        self.isRepeated = isRepeated
    }
}

extension Verdict {
    /// The objection that decided, if one did.
    fileprivate var refusal: Refusal? {
        switch self {
        case .accept: nil
        case .hold(let refusal), .refuse(let refusal), .discard(let refusal): refusal
        }
    }
}
