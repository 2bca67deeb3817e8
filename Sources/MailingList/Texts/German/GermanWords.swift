import OpenPGP

/// German words for values of the program: moments, people, keys.
enum GermanWords: TextWords {
    static let decimalMark = ","
    static let noKey = "keiner"
    static let unreadableAddress = "eine nicht lesbare Adresse"
    static let hiddenText = "verborgen"
    static let unverified = "nicht bestätigt"
    static let noReason = "nicht angegeben"
    static let noSignature = "keine, die die Liste prüfen konnte"
    static let wrotePost = "hat einen Beitrag geschrieben"

    static func time(_ time: TextTime) -> String {
        "\(time.day). \(time.month(of: months)) \(time.year), \(time.clock) UTC"
    }

    private static let months = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ]

    static func until(_ time: String) -> String { "bis \(time)" }

    static func answer(_ isTrue: Bool) -> String { isTrue ? "ja" : "NEIN" }

    static func state(_ isOn: Bool) -> String { isOn ? "eingeschaltet" : "ausgeschaltet" }

    static func asks(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "möchte Mitglied werden"
        case .keyChange: "möchte einen anderen Schlüssel verwenden"
        case .keyUpdate: "möchte einen erneuerten Schlüssel verwenden"
        case .keyReset: "möchte einen widerrufenen Schlüssel ersetzen"
        case .unsubscription: "möchte die Liste verlassen"
        }
    }

    static func did(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "ist Mitglied geworden"
        case .keyChange: "verwendet jetzt einen anderen Schlüssel"
        case .keyUpdate: "hat den eigenen Schlüssel erneuert"
        case .keyReset: "hat einen widerrufenen Schlüssel ersetzt"
        case .unsubscription: "hat die Liste verlassen"
        }
    }

    static func wish(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription: "Mitglied dieser Mailingliste werden"
        case .keyChange: "auf dieser Mailingliste einen anderen Schlüssel verwenden"
        case .keyUpdate: "auf dieser Mailingliste Ihren Schlüssel erneuern"
        case .keyReset: "auf dieser Mailingliste Ihren widerrufenen Schlüssel ersetzen"
        case .unsubscription: "diese Mailingliste verlassen"
        }
    }

    static func keyRequest(_ kind: Workflow.Kind) -> String {
        switch kind {
        case .subscription, .keyChange, .keyUpdate, .unsubscription:
            "Jemand, vermutlich Sie selbst, möchte mit Ihrer Adresse Mitglied dieser\n"
                + "Mailingliste werden"
        case .keyReset:
            "Ihr Schlüssel für diese Mailingliste ist widerrufen. Damit Sie wieder Beiträge\n"
                + "erhalten, brauchen Sie dort einen anderen Schlüssel"
        }
    }

    static func shown(_ proof: ShownProof) -> String {
        let readsMail = proof.steps.contains(.verifyAddress) || proof.steps.contains(.keySet)
        let facts =
            (readsMail ? ["Mails an diese Adresse liest"] : [])
            + (proof.steps.contains(.keyConfirm) ? ["diesen Schlüssel besitzt"] : [])
        let programs = proof.steps.compactMap { step -> String? in
            guard case .exec(let program) = step else { return nil }
            return "Das Programm \(program.path) auf dem Server hat zugestimmt."
        }
        let sentences =
            (proof.isSigned ? ["Die Anfrage ist mit dem bestätigten Schlüssel signiert."] : [])
            + (facts.isEmpty
                ? []
                : ["Die Person hat gezeigt, dass sie \(facts.joined(separator: " und "))."])
            + programs
        return sentences.isEmpty
            ? "Die Person hat bisher nichts gezeigt." : sentences.joined(separator: "\n")
    }

    static func decision(_ decision: HeldDecision) -> String {
        switch decision {
        case .accepted: "angenommen"
        case .rejected: "abgelehnt"
        case .discarded: "verworfen"
        }
    }

    static func signature(_ facts: SignatureFacts) -> String {
        "\(outcome(facts.outcome)), Schlüssel \(facts.primary?.description ?? "unbekannt"), "
            + "vom \(time(TextTime(facts.created)))"
    }

    private static func outcome(_ outcome: SignatureOutcome) -> String {
        switch outcome {
        case .good: "gültig"
        case .bad: "ungültig (der Inhalt wurde nach dem Signieren verändert)"
        case .unknownKey: "unbekannter Schlüssel"
        case .expired: "die Signatur ist abgelaufen"
        case .keyExpired: "der Schlüssel ist abgelaufen"
        case .keyRevoked: "der Schlüssel ist widerrufen"
        case .weakHash: "nicht vertrauenswürdig (schwaches Hashverfahren)"
        case .weakKey: "nicht vertrauenswürdig (schwacher Schlüssel)"
        case .wrongUsage: "nicht vertrauenswürdig (dieser Schlüssel darf nicht signieren)"
        case .unsupported: "nicht prüfbar"
        }
    }

    static func encryption(_ encryption: SeenEncryption) -> String {
        switch encryption {
        case .none: "keine, die Mail kam im Klartext an"
        case .opened: "mit dem Schlüssel der Liste"
        case .failed:
            "der Schlüssel der Liste konnte die Mail nicht öffnen; sie hängt so an, wie sie ankam"
        }
    }

    static func proof(_ isProven: Bool) -> String {
        isProven ? "durch die Signatur bestätigt" : "nicht bestätigt"
    }

    static let waitingCopy = "wartet"

    static func keyFault(hasKey: Bool) -> String {
        hasKey
            ? "der Schlüssel ist abgelaufen oder widerrufen" : "hat keinen bestätigten Schlüssel"
    }

    static func policy(_ policy: SubscriptionPolicy) -> String {
        guard let steps = policy.steps else { return "nur die Listenleitung trägt Mitglieder ein" }
        return steps.map { step in
            switch step {
            case .verifyAddress: "Sie antworten auf eine Mail der Liste"
            case .keySet: "Sie schicken Ihren öffentlichen Schlüssel"
            case .keyConfirm: "Sie signieren eine Mail und zeigen so, dass der Schlüssel Ihrer ist"
            case .moderate: "die Listenleitung oder die Moderation entscheidet"
            case .exec: "ein Programm auf dem Server entscheidet"
            }
        }.joined(separator: ", dann ")
    }

    static func arguments(_ syntax: CommandSyntax) -> String {
        syntax.arguments.replacing("REASON", with: "BEGRÜNDUNG")
            .replacing("ADDRESS", with: "ADRESSE").replacing("VALUE", with: "WERT")
    }

    static func summary(_ syntax: CommandSyntax) -> String { syntax.germanSummary }
}
