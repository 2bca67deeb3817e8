import Foundation
import MIME
import MailingList
import SMTP

/// Reads what came back to a subscriber's reverse-path.
///
/// The token in the address says whose copy it was: nothing in the mail is believed about
/// that. It is read for what the other server says, never opened, and nothing of it is kept but
/// that. The time is proportional to the size of the mail, and only the first 120 lines and
/// 32 KiB of a text are read.
enum BounceReader {
    /// Octets of a text, and of a mail that no parser takes, that are read.
    private static let maximumText = 32 << 10
    /// Lines of a text that are read: what was sent stands below.
    private static let maximumLines = 120

    /// What it says of the address or of the copy; nil if it says nothing: a delay, a vacation
    /// notice, a complaint.
    static func bounce(in message: ReceivedMessage) -> Bounce? {
        guard let root = try? Message(message.bytes).root else {
            let text = String(decoding: message.body.prefix(maximumText), as: UTF8.self)
            return message.hasNullReversePath ? bounce(inText: text, isByServer: true) : nil
        }
        let isByServer = isByServer(root)
        guard message.hasNullReversePath || isByServer else { return nil }
        let isReport = root.contentType.isType("multipart", "report")
        let kind = isReport ? root.contentType.parameter("report-type")?.lowercased() : nil
        // RFC 5965: a complaint about a message that was delivered.
        if kind == "feedback-report" { return nil }
        if let report = DeliveryReport(root) {
            return report.action == .failed ? bounce(report, beside: text(of: root)) : nil
        }
        // RFC 8098: of what happens after the delivery, only a full mailbox is of interest.
        if kind == "disposition-notification" {
            let bounce = bounce(inText: text(of: root), isByServer: false)
            return bounce?.kind == .soft ? bounce : nil
        }
        // RFC 3834 §5: a vacation notice says what it is. Servers write the same field.
        guard isByServer || isReport || !AutomaticMail.isNotice(root) else { return nil }
        return bounce(inText: text(of: root), isByServer: isByServer || isReport)
    }

    private static func bounce(_ report: DeliveryReport, beside text: String) -> Bounce? {
        let said = report.diagnostic ?? ""
        let reported = report.status.flatMap { EnhancedStatusCode($0) }
        let inWords = BounceCode.code(in: said)
        // Some servers write 5.0.0 and say more behind it.
        let codes = [reported, inWords].compactMap(\.self)
        let status = codes.first { !$0.isVague } ?? codes.first
        // Some write nothing of use into the report, and the reason beside it.
        let kind =
            BounceWords.kind(of: said)
            ?? (inWords == nil && reported?.isOfServer ?? true ? BounceWords.kind(of: text) : nil)
        return Bounce(kind: kind, status: status, detail: said)
    }

    private static func bounce(inText text: String, isByServer: Bool) -> Bounce? {
        guard !BounceWords.saysDelayed(text) else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        let found = lines.lazy.compactMap { line in
            BounceCode.code(in: line).map { (status: $0, line: line) }
        }.first
        if let kind = BounceWords.kind(of: text) {
            let line = found?.line ?? lines.first { BounceWords.kind(of: $0) == kind }
            return Bounce(
                kind: kind,
                status: found?.status,
                detail: String(line ?? "a report in several lines")
            )
        }
        if let found {
            return Bounce(kind: nil, status: found.status, detail: String(found.line))
        }
        guard isByServer else { return nil }
        return Bounce(kind: .soft, status: nil, detail: "a report that was not understood")
    }

    // The text for people, without what it quotes of the message.
    private static func text(of root: Part) -> String {
        let leaves = root.selfAndDescendants.filter(\.children.isEmpty)
        let part = leaves.first { $0.contentType.type == "text" } ?? leaves.first
        guard let part else { return "" }
        let decoded = (try? part.decodedText(limit: maximumText)) ?? nil
        let text = decoded ?? String(decoding: part.body.prefix(maximumText), as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .prefix(maximumLines)
        let end = lines.indices.dropFirst(3).first { BounceQuote.begins(at: lines[$0]) }
        return lines[..<(end ?? lines.endIndex)].joined(separator: "\n")
    }

    // Old servers have no null reverse-path.
    private static func isByServer(_ root: Part) -> Bool {
        let from = root.field(named: "From")?.value.lowercased() ?? ""
        return [
            "mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster", "post_master",
            "mail delivery s", "delivery subsystem",
        ].contains { from.contains($0) }
    }
}

/// Where a text begins to quote the message that it is about.
private enum BounceQuote {
    private static let fields = ["return-path:", "received: ", "message-id:"]
    private static let phrases = [
        "original message", "message header", "message follows", "headers follow",
        "copy of your message", "this is a copy of", "undelivered message", "returned message",
        "unsent message", "below this line",
    ]

    static func begins(at line: Substring) -> Bool {
        let line = line.prefix(120).lowercased().drop(while: \.isWhitespace)
        return fields.contains { line.hasPrefix($0) }
            || phrases.contains { line.contains($0) }
    }
}

extension Bounce {
    /// A bounce of this kind.
    ///
    /// Without a kind it is the one that the code stands for; nil if the code reports no failure.
    fileprivate init?(kind: Kind?, status: EnhancedStatusCode?, detail: String) {
        // A mailbox that is gone has a permanent code.
        let words = kind == .hard && status?.statusClass == 4 ? .soft : kind
        guard status?.statusClass != 2, let kind = words ?? Self.kind(ofFailure: status) else {
            return nil
        }
        self.init(kind: kind, status: status, detail: detail)
    }
}

extension EnhancedStatusCode {
    /// Whether it says only that something failed.
    fileprivate var isVague: Bool { subject == 0 }

    /// Whether it says nothing of the mailbox or of the message: vague, or of a mail system or a
    /// protocol.
    fileprivate var isOfServer: Bool { [0, 3, 5].contains(subject) }
}
