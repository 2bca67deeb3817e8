public import Foundation
import MIME
public import MailingList
import OpenPGP
import SMTP

/// What a door would find in a message and answer, in words.
public struct Explanation: Sendable, Encodable {
    /// One signature.
    public struct Signature: Sendable, Encodable {
        let outcome: String
        let fingerprint: String?
        let key: String?
        let created: Date
        let expires: Date?
        let covers: String
    }

    /// What one policy says.
    public struct Policy: Sendable, Encodable {
        let name: String
        let answer: String
        let refusal: String?
        let detail: String?
    }

    /// The SMTP reply, without its reference.
    public struct Reply: Sendable, Encodable {
        let code: Int
        let enhanced: String?
        let text: String
    }

    let file: String
    let list: String
    let size: Int
    let structure: [String]
    let layers: [String]
    let encryption: String
    let fault: String?
    let from: [String]
    let isFromSubscribed: Bool
    let signatures: [Signature]
    let policies: [Policy]
    let isRepeated: Bool
    let overlooked: [String]
    let verdict: String
    let refusal: String?
    let reply: Reply

    /// The same for people.
    public var lines: [String] {
        ["\(file): \(verdict)\(refusal.map { ", \($0)" } ?? "")"]
            + [
                "  \(size) octets for \(list)\(isRepeated ? "; this delivery was taken before" : "")"
            ]
            + structure.map { "  structure   \($0)" }
            + layers.map { "  layer       \($0)" }
            + ["  encryption  \(encryption)"]
            + (fault.map { ["  fault       \($0)"] } ?? [])
            + [
                "  from        \(from.joined(separator: ", "))"
                    + (isFromSubscribed ? " (on the list)" : " (not on the list)")
            ]
            + signatures.map {
                "  signature   \($0.outcome), by \($0.fingerprint ?? $0.key ?? "an unknown key"), "
                    + "made \($0.created.formatted(.iso8601)), covers \($0.covers)"
            }
            + policies.map {
                "  policy      \($0.name) \($0.answer)\($0.detail.map { ": \($0)" } ?? "")"
            }
            + ["  reply       \(reply.code) \(reply.enhanced ?? "") \(reply.text)"]
    }
}

/// Opens and judges as a door would, and changes nothing.
public struct Explainer: Sendable {
    private let store: any ListStore
    private let opener: MessageOpener

    /// Explains with the keys and the store of a state directory.
    public init(store: any ListStore, keys: ListKeys) {
        self.store = store
        opener = MessageOpener(store: store, keys: keys)
    }

    /// Explains a message for a list's posting address.
    ///
    /// A file with bare line feeds is read as if it had come by SMTP.
    public func explain(
        _ bytes: [UInt8],
        named file: String,
        for list: MailingList,
        now: Date
    ) throws -> Explanation {
        let message = ReceivedMessage(bytes: LineEndings.canonical(bytes))
        let receipt = Receipt(
            list: list,
            role: .posting,
            messageID: message.messageID,
            body: message.body
        )
        let opened = try opener.open(message, for: list)
        let context = PolicyContext(
            list: list,
            now: now,
            posted: { [store] in try store.posts(of: $0, on: now) },
            isClaimed: store.isClaimed
        )
        let answers = try StandardPolicies.all.map { policy in
            policyAnswer(policy.name, try policy.judge(opened, in: context))
        }
        let ruling = try StandardPolicies.ruling(on: opened, in: context)
        let reply: SMTPReply
        var refusal: Refusal?
        switch ruling.verdict {
        case .accept: reply = SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")
        case .hold(let reason), .discard(let reason):
            refusal = reason
            reply = SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")
        case .refuse(let reason):
            refusal = reason
            reply = reason.reply
        }
        return Explanation(
            file: file,
            list: list.address.description,
            size: message.size,
            structure: opened.structure,
            layers: opened.layers,
            encryption: words(opened.encryption),
            fault: words(opened.fault),
            from: opened.from.map(\.description),
            isFromSubscribed: opened.author != nil,
            signatures: opened.signatures.map {
                Explanation.Signature(
                    outcome: "\($0.outcome)",
                    fingerprint: $0.primary?.description,
                    key: $0.signer?.description,
                    created: $0.created,
                    expires: $0.expires,
                    covers: opened.signedExtent ?? "nothing"
                )
            },
            policies: answers,
            isRepeated: try store.hasReceipt(receipt),
            overlooked: ruling.overlooked.map(\.rawValue),
            verdict: ruling.verdict.word,
            refusal: refusal?.rawValue,
            reply: Explanation.Reply(
                code: reply.code,
                enhanced: reply.enhanced?.description,
                text: reply.lines.joined(separator: " ")
            )
        )
    }

    private func policyAnswer(_ name: String, _ answer: PolicyResult) -> Explanation.Policy {
        switch answer {
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

    private func words(_ encryption: OpenedMessage.Encryption) -> String {
        switch encryption {
        case .none: "none"
        case .opened: "opened"
        case .failed(let detail): "failed: \(detail)"
        }
    }

    private func words(_ fault: OpenedMessage.Fault?) -> String? {
        switch fault {
        case .outside(let detail): "outside: \(detail)"
        case .inside(let detail): "inside: \(detail)"
        case nil: nil
        }
    }
}
