import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// Every way through a workflow, without mail and without a store.
@Suite struct WorkflowTests {
    @Test(
        "a policy asks its steps in order, and then the person is a subscriber",
        arguments: SubscriptionPolicy.named.map(\.name) + [
            "key-set, moderate, key-confirm",
            "verify-address, key-set, key-confirm, exec:/usr/local/lib/listseal/check, moderate",
            "exec:/a, key-set, exec:/b, key-confirm",
        ]
    )
    func policies(name: String) throws {
        var play = try Play(policy: name)
        guard let steps = play.list.settings.subscriptionPolicy.steps else { return }
        play.begin(.subscription, steps)
        for step in steps {
            #expect(play.workflow?.step == step)
            // A program has no token: what has none is found by that, and asked about.
            let isProgram = if case .exec = step { true } else { false }
            #expect((play.workflow?.challenge == nil) == isProgram)
            try play.meet(step)
        }
        #expect(play.workflow == nil)
        #expect(play.joined == (try StoreSamples.certificate(7)))
        #expect(play.answers.last?.text.name == .welcome)
        // Nothing secret was written to anybody in clear.
        let clear = play.answers.filter { $0.reader == .person(play.address, nil) }
        #expect(clear.allSatisfy { $0.text.values["statement"] == nil })
    }

    @Test(
        "only what a step waits for moves it",
        arguments: try steps()
    )
    func wrong(step: StepName) throws {
        let all = try Self.steps()
        var play = try Play(policy: StepName.text(all))
        play.begin(.subscription, try #require(play.list.settings.subscriptionPolicy.steps))
        while let now = play.workflow?.step, now != step { try play.meet(now) }
        let right = try play.event(step)
        for other in all where other != step {
            #expect(play.resume(try play.event(other)) == nil, "\(other)")
        }
        #expect(play.resume(right) != nil)
        play.now = try #require(play.workflow).expires
        #expect(play.resume(right) == nil)
    }

    private static func steps() throws -> [StepName] {
        StepName.plain + [.exec(try #require(StepProgram("/usr/local/lib/listseal/check")))]
    }

    @Test("a program that rejects ends it, and its reason is told on one line")
    func rejectedByProgram() throws {
        var play = try Play(policy: "open")
        play.begin(.subscription, [.exec(try #require(StepProgram("/check")))])
        #expect(play.workflow?.expires == play.now.addingTimeInterval(172_800))
        let end = try #require(
            play.resume(.program(accepted: false, reason: "not in the\r\ndirectory"))
        )
        #expect(end.changes == [.end(try #require(play.workflow))])
        #expect(end.answers.map(\.text.name) == [.rejected])
        #expect(end.answers.first?.text.values["reason"] == .reason("not in the\\r\\ndirectory"))
    }

    @Test("a decision looks up whose a key is only after the key was proven")
    func keyInUse() throws {
        for (policy, isProven) in [
            ("key-set, moderate, key-confirm", false), ("key-set, key-confirm, moderate", true),
        ] {
            var play = try Play(policy: policy)
            play.begin(.subscription, try #require(play.list.settings.subscriptionPolicy.steps))
            while let step = play.workflow?.step, step != .moderate { try play.meet(step) }
            let workflow = try #require(play.workflow)
            func decide(accepted: Bool) -> WorkflowDecision {
                play.runner.decide(
                    .decision(accepted: accepted, reason: ""),
                    on: workflow,
                    person: nil,
                    isKeyInUse: { _ in true }
                )
            }
            #expect((decide(accepted: true) == .keyInUse) == isProven, "\(policy)")
            guard case .decided = decide(accepted: false) else {
                Issue.record("not rejected: \(policy)")
                continue
            }
        }
    }

    @Test("owners are told who came, left or has another key, if they want to be")
    func owners() throws {
        for events in [[], OwnerEvent.allCases] {
            var play = try Play(policy: "open")
            play.list.settings.ownerEvents = Set(events)
            play.begin(.subscription, [.keySet, .keyConfirm])
            try play.meet(.keySet)
            try play.meet(.keyConfirm)
            let told = play.answers.filter { $0.reader == .ownersIfTheyCan }
            #expect(told.map(\.text.name) == (events.isEmpty ? [] : [.ownersNotice]))
            #expect(told.allSatisfy { $0.text.values["did"] == .did(.subscription) })
        }
    }

    @Test("a token has 128 random bits, and nothing else is one")
    func token() throws {
        var generator = RandomSource()
        let tokens = Set(
            (0..<1000).map { _ in WorkflowToken.random(using: &generator).description }
        )
        #expect(tokens.count == 1000)
        // 26 characters of 5 bits; every one of them moves.
        #expect(tokens.allSatisfy { $0.utf8.count == 26 })
        for place in 0..<26 {
            let found = Set(tokens.map { Array($0)[place] })
            #expect(found.count == 32, "place \(place)")
        }
        let token = try #require(tokens.first)
        #expect(WorkflowToken(token.uppercased())?.description == token)
        for text in [
            "", String(token.dropLast()), token + "a", token.dropLast() + "1",
            token.dropLast() + "é",
        ] {
            #expect(WorkflowToken(text) == nil)
        }
        #expect(WorkflowToken(token)?.digest.count == 32)
    }

    @Test("a statement counts if nothing in it was changed, and the key has signed it")
    func statement() throws {
        var play = try Play(policy: "open")
        play.begin(.subscription, [.keySet, .keyConfirm])
        try play.meet(.keySet)
        let key = try StoreSamples.certificate(7)
        let other = try StoreSamples.certificate(8)
        let statement = try #require(play.statement)
        let changed = try #require(
            Statement(in: statement.text.replacing("anne@", with: "eve@"))
        )
        #expect(play.resume(.statement(statement, signedBy: nil)) == nil)
        #expect(play.resume(.statement(statement, signedBy: other)) == nil)
        #expect(play.resume(.statement(changed, signedBy: key)) == nil)
        #expect(play.resume(.statement(statement, signedBy: key)) != nil)
    }

    @Test("another key is read by the new one, and agreed to by the old one")
    func keyChange() throws {
        var play = try Play(policy: "open")
        play.person = try PolicySamples().author
        let (old, new) = (try StoreSamples.certificate(1), try StoreSamples.certificate(7))
        play.begin(.keyChange, [.keyConfirm], certificate: new)
        #expect(play.answers.map(\.reader) == [.person(play.address, new)])
        let statement = try #require(play.statement)
        #expect(statement.text.contains("old-fingerprint: \(old.fingerprint)"))
        #expect(play.resume(.statement(statement, signedBy: new)) == nil)
        let done = try #require(play.resume(.statement(statement, signedBy: old)))
        #expect(
            done.changes.last
                == .replaceCertificate(new, of: play.address, replacing: old.fingerprint)
        )
        // Both keys are told.
        #expect(
            done.answers.map(\.reader) == [.person(play.address, old), .person(play.address, new)]
        )
    }

    @Test("an owner's no ends it, and the person hears the reason on one line")
    func rejected() throws {
        var play = try Play(policy: "moderate")
        play.begin(.subscription, [.keySet, .keyConfirm, .moderate])
        try play.meet(.keySet)
        try play.meet(.keyConfirm)
        let end = try #require(play.resume(.decision(accepted: false, reason: "no\r\nBcc: x")))
        #expect(end.changes.count == 1)
        #expect(end.answers.map(\.text.name) == [.rejected])
        #expect(end.answers[0].text.values["reason"] == .reason("no\\r\\nBcc: x"))
    }

    @Test(
        "the notice says whether a name in the key is the address, and not whether it has it inside",
        arguments: [
            ("Anne <anne@example.org>", true), ("anne@example.org", true),
            ("Anne <Anne@Example.ORG>", true), ("Eve <xanne@example.org>", false),
            ("anne@example.org <eve@evil.example>", false), ("Anne", false),
        ]
    )
    func match(userID: String, answer: Bool) throws {
        var play = try Play(policy: "moderate")
        let sample = try StoreSamples.certificate(7)
        let certificate = Certificate(
            bytes: sample.bytes,
            fingerprint: sample.fingerprint,
            allFingerprints: sample.allFingerprints,
            userIDs: [userID],
            encryptionSubkey: sample.encryptionSubkey,
            encryptionExpires: nil
        )
        play.begin(.subscription, [.moderate], certificate: certificate)
        #expect(play.answers.first?.text.values["match"] == .flag(answer))
    }

    @Test("a subscription never ends with a key that is not the confirmed one")
    func meanwhileAdded() throws {
        var play = try Play(policy: "open")
        play.begin(.subscription, [.keySet, .keyConfirm])
        try play.meet(.keySet)
        play.person = try PolicySamples().author
        let key = try StoreSamples.certificate(7)
        let statement = try #require(play.statement)
        let end = try #require(play.resume(.statement(statement, signedBy: key)))
        #expect(end.answers.map(\.text.name) == [.rejected])
        #expect(!end.changes.contains { if case .join = $0 { true } else { false } })
    }

    @Test("every text exists in every language, with the same places", arguments: TextName.allCases)
    func texts(name: TextName) {
        func places(_ language: TextLanguage) -> [Substring] {
            let template = language.template(name)
            let text = template.subject + template.body
            return Set(text.matches(of: /\{[a-z-]+\}/).map(\.output)).sorted()
        }
        #expect(places(.german) == places(.english))
        #expect(!TextLanguage.english.template(name).subject.isEmpty)
    }

    @Test("what is put into a place is not read again, and begins no line of a header")
    func filling() throws {
        let template = try #require(
            TextTemplate(file: "Subject: {a} and {b}\r\n\r\nbody {a}{c} {\n")
        )
        let filled = template.filled(with: ["a": "{b}\r\nBcc: x", "b": "two"])
        #expect(filled.subject == "{b}\\r\\nBcc: x and two")
        #expect(filled.body == "body {b}\r\nBcc: x{c} {\n")
        for file in ["", "Subject: x", "body\n\nmore", "Subject: x\nBcc: y\n\nbody"] {
            #expect(TextTemplate(file: file) == nil)
        }
    }
}

/// One workflow, played to its end.
private struct Play {
    var list: MailingList
    let address: EmailAddress
    var person: Subscriber?
    var now = StoreSamples.start
    var workflow: Workflow?
    var answers: [Answer] = []
    var joined: Certificate?

    init(policy: String) throws {
        list = try PolicySamples().list
        list.settings.subscriptionPolicy = try #require(SubscriptionPolicy(policy))
        address = try StoreSamples.address("anne@example.org")
    }

    var runner: WorkflowRunner {
        WorkflowRunner(list: list, now: now, answering: "<1@example.org>") {
            WorkflowSample.token(5)
        }
    }

    var statement: Statement? {
        answers.last { $0.text.values["statement"] != nil }
            .flatMap { Statement(in: $0.text.values["statement"]?.text(in: .english) ?? "") }
    }

    mutating func begin(
        _ kind: Workflow.Kind,
        _ steps: [StepName],
        certificate: Certificate? = nil
    ) {
        apply(
            runner.begin(
                kind,
                of: address,
                steps: steps,
                certificate: certificate,
                person: person
            )
        )
    }

    func event(_ step: StepName) throws -> WorkflowEvent {
        let certificate = try StoreSamples.certificate(7)
        return switch step {
        case .verifyAddress: .confirmed
        case .keySet: .key(certificate)
        case .keyConfirm:
            .statement(
                try statement ?? #require(Statement(in: Self.foreign)),
                signedBy: certificate
            )
        case .moderate: .decision(accepted: true, reason: "")
        case .exec: .program(accepted: true, reason: "")
        }
    }

    func resume(_ event: WorkflowEvent) -> Transition? {
        workflow.flatMap { runner.resume($0, with: event, person: person) }
    }

    mutating func meet(_ step: StepName) throws {
        apply(try #require(resume(try event(step)), "\(step)"))
    }

    private mutating func apply(_ transition: Transition) {
        answers += transition.answers
        for change in transition.changes {
            switch change {
            case .begin(let next), .advance(let next): workflow = next
            case .end: workflow = nil
            case .join(_, let certificate): joined = certificate
            case .fail, .replaceCertificate, .setDelivery, .leave, .limitedReply, .certify,
                .release,
                .dismiss, .holdAgain, .trust, .bindKey, .unbindKey, .set:
                break
            }
        }
    }

    private static let foreign =
        "openpgp-list-confirm-v1 action: a list: b address: c fingerprint: d token: e expires: f"
}
