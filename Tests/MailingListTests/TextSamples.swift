import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport

/// Values for every placeholder of every text.
enum TextSamples {
    /// The text with each value that each of its placeholders can have, others at their first.
    static func renderings(of name: TextName, in language: TextLanguage) throws -> [String] {
        let template = language.template(name)
        let text = template.subject + template.body
        let places = Set(text.matches(of: /\{([a-z-]+)\}/).map { String($0.output.1) })
        let all = try values(of: name)
        // A placeholder without a sample stays as it is, which the tests find.
        let known = places.filter { all[$0] != nil }
        let first = known.reduce(into: [String: String]()) { values, place in
            values[place] = all[place]?.first?.text(in: language)
        }
        return known.flatMap { place in
            (all[place] ?? []).map { value in
                let filled = template.filled(
                    with: first.merging([place: value.text(in: language)]) { $1 }
                )
                return filled.subject + "\n" + filled.body
            }
        }
    }

    private static func values(of name: TextName) throws -> [String: [TextValue]] {
        let list = try PolicySamples().list
        let key = try StoreSamples.certificate(7).fingerprint
        let address = try StoreSamples.address("anne@example.org")
        let time = Date(timeIntervalSince1970: 1_796_246_460)
        let statement = Statement(
            action: Workflow.Kind.subscription.rawValue,
            list: list.address,
            address: address,
            fingerprint: key,
            replacing: nil,
            token: WorkflowSample.token(5),
            expires: time
        )
        let people = TextValue.lines([
            .row([.address(address), .keyFault(hasKey: true)]),
            .row([.address(address), .keyFault(hasKey: false)]),
        ])
        return [
            "list": [.address(list.address)], "request": [.address(list.address(of: .request))],
            "owner": [.address(list.address(of: .owner))], "address": [.address(address)],
            "author": [.address(address), .address(nil)], "by": [.address(address)],
            "old-address": [.address(address)],
            "proven-author": [.provenAuthor(list.address), .provenAuthor(nil)],
            "subject": ["x"],
            "role-address": [.address(list.address(of: .owner))],
            "asks": Workflow.Kind.allCases.map { .asks($0) }
                + (name == .decided ? [.wrotePost] : []),
            "did": Workflow.Kind.allCases.map { .did($0) },
            "wish": Workflow.Kind.allCases.map { .wish($0) },
            "request-reason": [.keyRequest(.subscription), .keyRequest(.keyReset)],
            "fingerprint": [.key(key), .key(nil)], "old-fingerprint": [.key(key), .key(nil)],
            "match": [.flag(true), .flag(false)], "user-ids": [.lines([.text("Anne")])],
            "done": shown.map { .shown($0) },
            "decision": HeldDecision.allCases.map { .decision($0) },
            "reason": reasons(of: name), "signatures": [.signatures([])] + signatures(time, key),
            "size": [.size(512), .size(10 << 20)],
            "token": [.text(statement.token?.description ?? "")],
            "expires": [.time(time)], "since": [.time(time)], "statement": [.block(statement.text)],
            "count": ["3"], "name": ["footer"], "value": ["x"], "old-value": ["y"],
            "command": ["set"], "commands": [.commands],
            "state": [.state(true), .state(false)], "proof": [.proof(true), .proof(false)],
            "encryption": SeenEncryption.allCases.map { .encryption($0) },
            "policy": SubscriptionPolicy.named.map { .policy($0.policy) }
                + [SubscriptionPolicy("exec:/usr/ldap, key-set, key-confirm")].compactMap { $0 }
                .map { .policy($0) },
            "keys": [.lines([.row([.address(address), .key(key), .until(time)])])],
            "people": [people],
            "posts": Refusal.allCases.map {
                .lines([.row([.text("7"), .address(nil), .objections([$0]), .until(time)])])
            },
        ]
    }

    private static var shown: [ShownProof] {
        let program = StepName(rawValue: "exec:/usr/ldap").map { [$0] } ?? []
        return [
            ShownProof(kind: .subscription, steps: [], isSigned: false),
            ShownProof(
                kind: .subscription,
                steps: [.verifyAddress, .keySet, .keyConfirm] + program,
                isSigned: false
            ),
            ShownProof(kind: .keyChange, steps: [], isSigned: true),
        ]
    }

    private static func reasons(of name: TextName) -> [TextValue] {
        switch name {
        case .held: Refusal.allCases.map { .objections([$0]) }
        case .failed, .keyRefused: problems.map { .problem($0) }
        default: [.reason(""), .problem(.hasOtherKey), .problem(.keyMissing)]
        }
    }

    private static func signatures(_ time: Date, _ key: Fingerprint) -> [TextValue] {
        SignatureOutcome.allCases.flatMap { outcome in
            [key, nil].map { key in
                .signatures([
                    SignatureFacts(
                        signer: key,
                        primary: key,
                        created: time,
                        expires: nil,
                        hash: .sha256,
                        publicKeyAlgorithm: .eddsa,
                        outcome: outcome
                    )
                ])
            }
        }
    }

    /// Every problem but those about a setting, whose values are what owners type.
    static var problems: [CommandProblem] {
        [
            .subjectNotSigned, .needsOwnMail, .notAnAddress, .keyNotSigned, .noKey,
            .severalKeys(2), .noContactKey, .changePending, .sameKey, .keyOfAnother,
            .hasOtherKey, .keyMissing, .unknownAddress, .noRevocation, .noNewerKey, .noListKey,
            .onOrOff, .nothingWaits, .noContent, .changedPost(3), .programOnHost, .pauseOnHost,
        ] + certificateRefusals.map { .badKey($0) }
            + [.malformed("x"), .otherKey, .none, .tooMany, .invalid].map { .badCertification($0) }
            + Refusal.allCases.map { .refused($0) }
    }

    private static let certificateRefusals: [CertificateRefusal] = [
        .malformed("no primary key"), .secretKey, .revoked, .expired, .weakKey,
        .noValidSelfSignature, .unboundSubkey, .cannotEncrypt, .cannotSign,
    ]

    /// Raw values, apart from ordinary words of the language and commands.
    static func internalNames(in language: TextLanguage) -> Set<String> {
        let actions = Set(PostAction.allCases.map(\.rawValue))
        let names =
            Refusal.allCases.map(\.rawValue) + StepName.plain.map(\.rawValue)
            + Workflow.Kind.allCases.map(\.rawValue) + OwnerEvent.allCases.map(\.rawValue)
            + SignatureOutcome.allCases.map(\.rawValue) + ["exec", "subscription_policy"]
        // What an English sentence needs: "good", "spam", "expired".
        let ordinary: Set = [
            "loop", "inline", "unsigned", "replay", "moderated", "emergency", "spam", "automatic",
            "good", "bad", "expired", "join", "leave", "bounces", "dropped",
        ]
        return language == .english
            ? Set(names).subtracting(ordinary).subtracting(["malformed"])
            : Set(names).union(actions)
    }

    /// Words that no German text needs.
    static let englishWords: Set<String> = [
        "the", "and", "your", "you", "with", "from", "is", "of", "this", "that", "to", "by", "for",
        "key", "keys", "post", "posts", "owner", "owners", "subscriber", "subscribers", "yes", "no",
        "none", "signature", "signed", "encrypted", "encryption", "until", "nobody", "unknown",
        "expired", "revoked", "weak", "good", "bad", "made", "has", "not", "request", "message",
        "address", "list", "decision", "reason", "REASON", "accepted", "rejected", "discarded",
        "joined", "left", "asks", "octets", "on", "off", "FROM", "From", "ADDRESS", "VALUE",
        "January", "May", "March", "October", "December",
    ]

    /// Words that no English text needs.
    static let germanWords: Set<String> = [
        "der", "die", "das", "und", "nicht", "ist", "Sie", "Ihr", "mit", "von", "Liste",
        "Beitrag", "Mitglied", "Antworten", "Dezember", "bis", "keine", "keiner", "ja", "nein",
    ]
}
