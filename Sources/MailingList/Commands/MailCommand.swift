public import Foundation
import OpenPGP
import SMTP

/// How a command is written, for the parser, for `help` and for the manual.
public struct CommandSyntax: Sendable, Hashable {
    /// The words that it begins with, in lower case.
    public let words: [String]
    /// What stands behind them, in words.
    public let arguments: String
    /// How many words that may be.
    public let count: ClosedRange<Int>
    /// What it does, in English.
    public let summary: String
    /// What it does, in German.
    let germanSummary: String

    init(
        _ name: String,
        _ arguments: String = "",
        _ count: ClosedRange<Int> = 0...0,
        summary: String,
        german: String
    ) {
        words = name.split(separator: " ").map(String.init)
        self.arguments = arguments
        self.count = count
        self.summary = summary
        germanSummary = german
    }

    func takes(_ arguments: Int) -> Bool { count.contains(arguments) }

    /// What `help` says of it: how it is written, and below that what it does.
    public func line(in language: TextLanguage) -> String {
        let arguments = language.words.arguments(self)
        return (words + (arguments.isEmpty ? [] : [arguments])).joined(separator: " ")
            + "\n    " + language.words.summary(self)
    }
}

/// One thing that can be done by mail to `LIST-request`.
///
/// A value without state: it reads the mail and says what shall change. A new one is
/// one file, and one line in ``StandardCommands``.
public protocol MailCommand: Sendable {
    /// How it is written.
    var syntax: CommandSyntax { get }
    /// Says what follows. Throws only for a failure of ours: the peer gets 451.
    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult
}

/// What a command leads to.
public enum CommandResult: Sendable, Hashable {
    /// This changes, and these answers go out.
    case done(Transition)
    /// Accepted, and nothing follows because of a limit; the text names it in the log.
    case unanswered(String)
    /// Nothing changes, and the peer is told what it is told of every command that
    /// is not accepted; the text is for the log.
    case refused(String)
    /// A wrong answer to a challenge: it counts, and the peer is told the same.
    case wrongAnswer(Workflow, String)
}

/// What a command may know, and ask.
public struct CommandContext: Sendable {
    /// The list.
    public let list: MailingList
    /// The mail.
    public let mail: CommandMail
    /// The subscriber or owner whom From names.
    public let person: Subscriber?
    /// Whether the confirmed key of that person has signed this command, lately.
    public private(set) var isSigned: Bool
    /// Whether that key has signed the mail, and perhaps not this command.
    public let isMailSigned: Bool
    /// Whether the signatures are young, of the address in From, and not made for somebody
    /// else, whoever made them.
    public let isFresh: Bool
    /// Whether the signature also says that it was made for this list, so that the
    /// mail cannot have been written to another.
    public private(set) var isBound: Bool
    /// The time.
    public let now: Date
    /// Moves workflows.
    public let runner: WorkflowRunner
    /// Answers questions about the list.
    public let environment: any CommandEnvironment

    /// Prepares the commands of one mail.
    public init(
        list: MailingList,
        mail: CommandMail,
        proof: AuthorProof,
        runner: WorkflowRunner,
        environment: any CommandEnvironment
    ) {
        self.list = list
        self.mail = mail
        person = proof.named
        isSigned = proof.isSignedNow
        isMailSigned = proof.isSignedNow
        isFresh = proof.isFresh
        isBound = proof.isSignedNow && Self.namesCommands(of: list, proof, mail)
        now = runner.now
        self.runner = runner
        self.environment = environment
    }

    // A post is for the list too: a command is only a mail that was written to the address
    // of commands, or that names the list in a line of its own.
    private static func namesCommands(
        of list: MailingList,
        _ proof: AuthorProof,
        _ mail: CommandMail
    ) -> Bool {
        if case .list(let roles) = proof.binding, roles.contains(.request) { return true }
        return mail.text.split(whereSeparator: \.isNewline).contains { line in
            let words = line.lowercased().split(separator: " ")
            return words.count == 2 && words[0] == "list:"
                && list.addresses.contains { words[1] == $0.key }
        }
    }

    /// The same for one command: one in a Subject that no signature covers is nobody's.
    ///
    /// - Parameters:
    ///   - call: The command.
    ///   - isOfAddress: Whether it is an address that commands, which nobody signs.
    /// - Returns: What the command may take for proven.
    public func covering(_ call: CommandParser.Call, isOfAddress: Bool) -> Self {
        var context = self
        let isCovered = !isOfAddress && (call.isInText || mail.isSubjectSigned)
        context.isSigned = isSigned && isCovered
        context.isBound = isBound && isCovered
        return context
    }

    /// An answer to the person who wrote, encrypted if they have a confirmed key.
    func answer(
        _ name: TextName,
        _ values: [String: TextValue] = [:],
        attaching attachments: [Answer.Attachment] = []
    ) -> [Answer] {
        guard let from = mail.from else { return [] }
        return [
            Answer(
                reader: .person(from, person?.certificate),
                text: AnswerText(name, values),
                attachments: attachments,
                answering: mail.messageID
            )
        ]
    }

    /// What is done once a day for an address that nobody has proven: the second
    /// time the same 250 is told, and nothing is written.
    ///
    /// Whoever signed the mail has proven the address, also where the address of the list is
    /// the command and no signature covers that.
    func limited(
        _ kind: ReplyLimit.Kind,
        _ make: (EmailAddress) throws -> Transition
    ) throws -> CommandResult {
        guard let from = mail.from else { return .refused("From is not one address") }
        if isMailSigned { return .done(try make(from)) }
        if let limit = try environment.limit(kind, to: from) { return .unanswered(limit) }
        // Noted also if nothing is written: who counts the list's mails must not find
        // out for whom it had something to say.
        return .done(Transition(changes: [.limitedReply(kind, to: from)]) + (try make(from)))
    }

    /// The workflow that waits for a token, if it is that of whoever wrote.
    func workflow(for text: String?) throws -> Workflow? {
        guard let text, let token = WorkflowToken(text), let from = mail.from,
            let workflow = try environment.workflow(awaiting: token.digest),
            workflow.list == list.id,
            workflow.address.key == from.key, workflow.expires > now
        else { return nil }
        return workflow
    }

    static let noToken = "no workflow of this address waits for such a token"
}
