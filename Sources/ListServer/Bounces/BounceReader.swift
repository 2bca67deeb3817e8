import Foundation
import MIME
import MailingList
import SMTP

/// Reads what came back to a subscriber's reverse-path.
///
/// The token in the address says whose copy it was: nothing in the mail is believed about
/// that. It is read for its code alone, never opened, and nothing of it is kept but that.
enum BounceReader {
    /// Octets of a mail that no parser takes in which a code is looked for.
    private static let maximumText = 32 << 10
    /// Lines of a text in which a code is looked for: what was sent stands below.
    private static let maximumLines = 120

    /// What it says of the address; nil if it says nothing: a delay, a vacation notice, or a
    /// refusal of one message for what it is.
    static func bounce(in message: ReceivedMessage) -> Bounce? {
        guard let root = try? Message(message.bytes).root else {
            return message.hasNullReversePath ? bounce(inText: text(message.body)) : nil
        }
        guard message.hasNullReversePath || isByServer(root) else { return nil }
        if let report = DeliveryReport(root) {
            guard report.action == .failed else { return nil }
            let said = report.diagnostic ?? ""
            // Some servers write 5.0.0 and say more behind it.
            let status = [report.status.flatMap { EnhancedStatusCode($0) }, code(in: said)]
                .compactMap(\.self)
                .max { lhs, rhs in lhs.isVague && !rhs.isVague }
            // 5.0.0 is what servers write of a refusal that had no code: a blocklist's too.
            let kind =
                status.map(\.isVague) ?? true
                ? Self.kind(inWords: said) : Bounce.kind(ofFailure: status)
            return kind.map { Bounce(kind: $0, status: status, detail: said) }
        }
        // RFC 3834 §5: a vacation notice says what it is.
        guard !AutomaticMail.isNotice(root),
            !root.contentType.isType("multipart", "report")
        else { return nil }
        let part = root.selfAndDescendants.first { $0.children.isEmpty }
        let words = part.flatMap { try? $0.decodedText(limit: maximumText) }
        return bounce(inText: words ?? text(message.body))
    }

    private static func text(_ octets: ArraySlice<UInt8>) -> String {
        String(decoding: octets.prefix(maximumText), as: UTF8.self)
    }

    // Old servers have no null reverse-path.
    private static func isByServer(_ root: Part) -> Bool {
        let from = root.field(named: "From").flatMap { Mailbox.list($0.value) }?.first
        return ["mailer-daemon", "postmaster"].contains(from?.address.localPart.lowercased())
    }

    /// What servers say that write no report.
    private static let words: [(phrase: String, kind: Bounce.Kind?)] = [
        ("still being retried", nil), ("will be retried", nil), ("will keep trying", nil),
        ("this is a warning", nil), ("delivery to the following recipients has been delayed", nil),
        ("message size exceeds", nil), ("message too large", nil), ("message is too large", nil),
        ("spam", nil), ("blocked", nil), ("blocklist", nil), ("blacklist", nil),
        ("policy", nil),
        ("over quota", .soft), ("quota exceeded", .soft), ("mailbox is full", .soft),
        ("mailbox full", .soft), ("exceeded storage", .soft),
        ("user unknown", .hard), ("unknown user", .hard), ("no such user", .hard),
        ("no such mailbox", .hard), ("no mailbox here", .hard), ("user doesn't have", .hard),
        ("does not exist", .hard), ("doesn't exist", .hard), ("unknown recipient", .hard),
        ("not listed in", .hard), ("account is disabled", .hard), ("account disabled", .hard),
        ("invalid recipient", .hard), ("unrouteable address", .hard), ("unknown address", .hard),
        ("address rejected", .hard), ("no longer available", .hard),
    ]

    private static func kind(inWords text: String) -> Bounce.Kind? {
        let lower = text.lowercased()
        guard let word = words.first(where: { lower.contains($0.phrase) }) else { return .soft }
        return word.kind
    }

    private static func bounce(inText text: String) -> Bounce? {
        var known: (kind: Bounce.Kind?, line: String)?
        for line in text.split(whereSeparator: \.isNewline).prefix(maximumLines) {
            if let status = code(in: line) {
                return Bounce.kind(ofFailure: status).map {
                    Bounce(kind: $0, status: status, detail: String(line))
                }
            }
            let lower = line.lowercased()
            if known == nil, let word = words.first(where: { lower.contains($0.phrase) }) {
                known = (word.kind, String(line))
            }
        }
        guard let known else {
            return Bounce(kind: .soft, status: nil, detail: "a report that was not understood")
        }
        return known.kind.map { Bounce(kind: $0, status: nil, detail: known.line) }
    }

    // "550 5.1.1 …", "(#5.1.1)", or "550 no such user" in words of another server.
    private static func code(in line: some StringProtocol) -> EnhancedStatusCode? {
        let words = line.split { !($0.isNumber || $0 == ".") }.prefix(60)
        let codes = words.compactMap { EnhancedStatusCode(String($0).trimmingDots) }
            .filter { $0.statusClass != 2 }
        return codes.first
    }
}

extension String {
    fileprivate var trimmingDots: Substring {
        var text = self[...]
        while text.last == "." { text = text.dropLast() }
        return text.drop { $0 == "." }
    }
}

extension EnhancedStatusCode {
    /// Whether it says only that something failed.
    fileprivate var isVague: Bool { subject == 0 }
}
