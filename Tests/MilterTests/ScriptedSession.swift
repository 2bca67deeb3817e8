import Foundation
import Milter
import SMTP

/// A session that the client controls by parameters of MAIL FROM.
///
/// `AT=STAGE DO=STATUS` returns a status at that stage. `GATE=NAME` waits at the end of
/// the message until the gate is open. `PROGRESS=N` calls progress N times. `DELETE=1`
/// deletes all recipients. For the stage `connect` the status is the first label of the
/// client's host name.
final class ScriptedSession: MilterSession {
    private let journal: Journal
    private var client = ""
    private var script: [String: String] = [:]
    private var recipients: [String] = []

    init(journal: Journal) {
        self.journal = journal
    }

    deinit {
        journal.note(.freed, of: client)
    }

    static let replies: [String: SMTPReply] = [
        "single": SMTPReply(550, EnhancedStatusCode(5, 7, 1), "not here"),
        "later": SMTPReply(451, EnhancedStatusCode(4, 3, 0), "not now"),
        "multi": SMTPReply(550, EnhancedStatusCode(5, 7, 1), "one", "two", "three"),
        "plain": SMTPReply(554, nil, "no code"),
        "percent": SMTPReply(550, EnhancedStatusCode(5, 7, 1), "100% of %{rcpt_addr} and %%"),
        "eightbit": SMTPReply(550, EnhancedStatusCode(5, 7, 1), "Gr\u{fc}\u{df}e\r\n250 ok"),
        "long": SMTPReply(550, EnhancedStatusCode(5, 7, 1), String(repeating: "%", count: 5000)),
        "many": SMTPReply(
            code: 550,
            enhanced: EnhancedStatusCode(5, 7, 1),
            lines: (1...40).map { "line \($0)" }
        ),
        "refused": SMTPReply(550, EnhancedStatusCode(5, 1000, 1), "libmilter takes no such code"),
        "refused-later": SMTPReply(450, EnhancedStatusCode(4, 1000, 1), "nor such a one"),
        "success": SMTPReply(250, EnhancedStatusCode(2, 0, 0), "taken"),
        "nonsense": SMTPReply(99, nil, "no code at all"),
        "empty": SMTPReply(550, EnhancedStatusCode(5, 7, 1), ""),
    ]

    static func status(_ name: String) -> MilterStatus {
        switch name {
        case "accept": .accept
        case "discard": .discard
        case "reject": .reject
        case "tempfail": .temporaryFailure
        case "skip": .skip
        default: replies[name].map(MilterStatus.reply) ?? .continue
        }
    }

    func connected(_ peer: MilterPeer) -> MilterStatus {
        client = peer.hostName
        journal.note(.connected(peer), of: client)
        return Self.status(String(client.prefix { $0 != "." }))
    }

    func mailFrom(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        recipients = []
        script = [:]
        for parameter in parameters {
            let words = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            if words.count == 2 { script[words[0]] = words[1] }
        }
        return answer(.mail(argument, parameters, macros), at: "mail")
    }

    func recipient(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        recipients.append(argument)
        return answer(.recipient(argument, parameters, macros), at: "recipient")
    }

    func data(macros: MilterMacros) -> MilterStatus { answer(.data(macros), at: "data") }

    func header(name: [UInt8], value: [UInt8]) -> MilterStatus {
        answer(.header(name, value), at: "header")
    }

    func endOfHeaders() -> MilterStatus { answer(.endOfHeaders, at: "endOfHeaders") }

    func body(_ chunk: [UInt8]) -> MilterStatus { answer(.body(chunk.count), at: "body") }

    func endOfMessage(_ actions: MilterMessageActions, macros: MilterMacros) -> MilterStatus {
        let status = answer(.endOfMessage(queueID: actions.queueID, macros), at: "endOfMessage")
        if let gate = script["GATE"] {
            while !journal.isOpen(gate) { Thread.sleep(forTimeInterval: 0.002) }
        }
        for _ in 0..<(script["PROGRESS"].flatMap { Int($0) } ?? 0) {
            journal.note(.progress(actions.progress()), of: client)
        }
        if script["DELETE"] != nil {
            for recipient in recipients { try? actions.deleteRecipient(recipient) }
        }
        return status
    }

    func aborted() { journal.note(.aborted, of: client) }

    func closed() { journal.note(.closed, of: client) }

    private func answer(_ event: Journal.Event, at stage: String) -> MilterStatus {
        journal.note(event, of: client)
        return script["AT"] == stage ? Self.status(script["DO"] ?? "") : .continue
    }
}
