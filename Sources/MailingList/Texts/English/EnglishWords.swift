import OpenPGP

/// English words for values of the program: moments, people, keys.
enum EnglishWords: TextWords {
    static let decimalMark = "."
    static let noKey = "none"
    static let unreadableAddress = "an address that cannot be read"
    static let hiddenText = "hidden"
    static let unverified = "not verified"
    static let noReason = "none given"
    static let noSignature = "none that the list could check"
    static let wrotePost = "wrote a post to"

    static func time(_ time: TextTime) -> String {
        "\(time.day) \(time.month(of: months)) \(time.year), \(time.clock) UTC"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    static func until(_ time: String) -> String { "until \(time)" }

    static func answer(_ isTrue: Bool) -> String { isTrue ? "yes" : "NO" }

    static func state(_ isOn: Bool) -> String { isOn ? "on" : "off" }

    static func asks(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "asks to join"
        case .keyChange: "asks to use another key on"
        case .keyUpdate: "asks to use an updated key on"
        case .keyReset: "asks to replace a revoked key on"
        case .unsubscription: "asks to leave"
        }
    }

    static func did(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "joined"
        case .keyChange: "now uses another key"
        case .keyUpdate: "updated their key"
        case .keyReset: "replaced a revoked key"
        case .unsubscription: "left"
        }
    }

    static func wish(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "to join"
        case .keyChange: "to use another key on"
        case .keyUpdate: "to update your key on"
        case .keyReset: "to replace your revoked key on"
        case .unsubscription: "to leave"
        }
    }

    static func keyRequest(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription, .keyChange, .keyUpdate, .unsubscription:
            "Somebody, probably you, asked to join this mailing list with your address"
        case .keyReset:
            "Your key for this mailing list is revoked. To receive posts again, you need\n"
                + "another key on this list"
        }
    }

    static func shown(_ proof: ShownProof) -> String {
        let readsMail = proof.steps.contains(.verifyAddress) || proof.steps.contains(.keySet)
        let facts =
            (readsMail ? ["read mail at this address"] : [])
            + (proof.steps.contains(.keyConfirm) ? ["hold this key"] : [])
        let programs = proof.steps.compactMap { step -> String? in
            guard case .exec(let program) = step else { return nil }
            return "The program \(program.path) on the server agreed."
        }
        let sentences =
            (proof.isSigned ? ["They signed this request with their confirmed key."] : [])
            + (facts.isEmpty
                ? [] : ["They have shown that they \(facts.joined(separator: " and "))."])
            + programs
        return sentences.isEmpty
            ? "They have shown nothing so far." : sentences.joined(separator: "\n")
    }

    static func decision(_ decision: HeldDecision) -> String {
        switch decision {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .discarded: "discarded"
        }
    }

    static func signature(_ facts: SignatureFacts) -> String {
        "\(outcome(facts.outcome)), key \(facts.primary?.description ?? "unknown"), "
            + "made \(time(TextTime(facts.created)))"
    }

    private static func outcome(_ outcome: SignatureOutcome) -> String {
        switch outcome {
        case .good: "good"
        case .bad: "bad (the content was changed after signing)"
        case .unknownKey: "unknown key"
        case .expired: "the signature has expired"
        case .keyExpired: "the key has expired"
        case .keyRevoked: "the key is revoked"
        case .weakHash: "not trustworthy (weak hash)"
        case .weakKey: "not trustworthy (weak key)"
        case .wrongUsage: "not trustworthy (this key must not sign)"
        case .unsupported: "not supported"
        }
    }

    static func encryption(_ encryption: SeenEncryption) -> String {
        switch encryption {
        case .none: "none, the mail arrived in clear"
        case .opened: "with the list's key"
        case .failed: "the list's key could not open the mail; it is attached as it arrived"
        }
    }

    static func proof(_ isProven: Bool) -> String {
        isProven ? "verified by their signature" : "not verified"
    }

    static let waitingCopy = "waiting"

    static func keyFault(hasKey: Bool) -> String {
        hasKey ? "the key has expired or is revoked" : "has no confirmed key"
    }

    static func policy(_ policy: SubscriptionPolicy) -> String {
        guard let steps = policy.steps else { return "only the owners add subscribers" }
        return steps.map { step in
            switch step {
            case .verifyAddress: "you reply to a mail from the list"
            case .keySet: "you send your public key"
            case .keyConfirm: "you sign a mail to show that the key is yours"
            case .moderate: "an owner or a moderator decides"
            case .exec: "a program on the server decides"
            }
        }.joined(separator: ", then ")
    }

    static func arguments(_ syntax: CommandSyntax) -> String { syntax.arguments }

    static func summary(_ syntax: CommandSyntax) -> String { syntax.summary }
}
