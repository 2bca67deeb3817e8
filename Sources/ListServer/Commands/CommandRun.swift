import MailingList

/// What the commands of one mail lead to, put together.
struct CommandRun {
    /// The changes and answers of all commands that were carried out.
    private(set) var transition = Transition()
    /// The names of those commands.
    private(set) var done: [String] = []
    /// The workflows that got a wrong answer, which counts.
    private(set) var wrongAnswers: [Workflow] = []
    /// Why the first command was refused that was, for the log.
    private(set) var firstRefusal: String?
    /// What a limit kept the list from answering, for the log.
    private(set) var unanswered: [String] = []

    var isAnythingDone: Bool { !done.isEmpty }

    /// Adds the result of one command.
    mutating func add(
        _ result: CommandResult,
        of call: CommandParser.Call,
        _ context: CommandContext
    ) {
        switch result {
        case .done(let next): add(next, of: call, context)
        case .unanswered(let limit):
            let name = Self.name(of: call)
            done.append(name)
            unanswered.append("\(name): \(limit)")
        case .refused(let detail): firstRefusal = firstRefusal ?? detail
        case .wrongAnswer(let workflow, let detail):
            if !wrongAnswers.contains(where: { $0.id == workflow.id }) {
                wrongAnswers.append(workflow)
            }
            firstRefusal = firstRefusal ?? detail
        }
    }

    private mutating func add(
        _ next: Transition,
        of call: CommandParser.Call,
        _ context: CommandContext
    ) {
        let name = Self.name(of: call)
        done.append(name)
        // A mail program may quote the notice below a decision, and with it the opposite
        // decision: the second command about one thing does not count.
        let common = transition.touched.intersection(next.touched)
        if context.isMailSigned, common.contains(where: { $0.hasPrefix("person ") }) {
            transition = transition + context.failure(name, .needsOwnMail)
        }
        guard common.isEmpty else { return }
        // One mail of a kind to somebody who has proven nothing is enough.
        guard transition.limitedKinds.isDisjoint(with: next.limitedKinds) else {
            unanswered.append("\(name): the mail asks for it twice")
            return
        }
        transition = transition + next
    }

    private static func name(of call: CommandParser.Call) -> String {
        call.command.syntax.words.joined(separator: " ")
    }
}
