import Foundation

/// The findings and the reply of a door for one message, in words.
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
    let detail: String
    let refusal: String?
    let reply: Reply

    /// The same for people.
    public var lines: [String] {
        ["\(file): \(verdict)\(refusal.map { ", \($0)" } ?? "")"]
            + [
                "  \(size) octets for \(list)"
                    + (isRepeated ? "; this delivery was accepted before" : "")
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
            + (detail.isEmpty ? [] : ["  because     \(detail)"])
            + ["  reply       \(reply.code) \(reply.enhanced ?? "") \(reply.text)"]
    }
}
