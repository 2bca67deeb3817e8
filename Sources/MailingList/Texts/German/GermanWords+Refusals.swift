import OpenPGP

/// German words for what speaks against posts, keys and commands.
extension GermanWords {
    static func objection(_ refusal: Refusal) -> String {
        switch refusal {
        case .loop: "er war schon einmal auf dieser Liste"
        case .tooLarge: "er ist zu groß"
        case .malformed: "Mailprogramme können ihn verschieden lesen"
        case .notEncrypted: "er war nicht verschlüsselt"
        case .inline:
            "nur der Text war verschlüsselt (eingebettetes PGP), nicht die ganze Mail (PGP/MIME)"
        case .notDecryptable: "der Schlüssel der Liste konnte ihn nicht öffnen"
        case .malformedInside:
            "Mailprogramme können seinen verschlüsselten Inhalt verschieden lesen"
        case .unsigned: "er war nicht signiert"
        case .notSubscribed: "wer ihn geschrieben hat, ist nicht Mitglied"
        case .fromMismatch: "er nennt außen und innen verschiedene Absender"
        case .foreignSignature: "er war mit einem anderen Schlüssel signiert als dem des Absenders"
        case .invalidSignature: "seine Signatur ist ungültig"
        case .expiredSignature: "seine Signatur oder der Schlüssel des Absenders ist abgelaufen"
        case .revokedSignature: "er war mit einem widerrufenen Schlüssel signiert"
        case .staleSignature: "das Datum seiner Signatur ist zu alt oder liegt in der Zukunft"
        case .addressedElsewhere: "er war an jemand anderen gerichtet"
        case .replay: "er wurde schon einmal veröffentlicht"
        case .notAllowed: "nur die Listenleitung darf schreiben"
        case .moderated: "Beiträge dieses Mitglieds werden moderiert"
        case .emergency: "zurzeit werden alle Beiträge moderiert"
        case .spam: "ein Filter hat ihn als unerwünscht markiert"
        case .copyTooLarge: "die Kopien wären zu groß"
        case .tooOften: "die Zahl der Beiträge für einen Tag ist erreicht"
        case .unknownAddress: "die Adresse gibt es nicht"
        case .automatic: "ein Programm hat ihn als automatische Antwort verschickt"
        case .commandRefused: "er enthält keinen Befehl, den die Liste annimmt"
        }
    }

    static func certificate(_ refusal: CertificateRefusal) -> String {
        switch refusal {
        case .malformed:
            "Die angehängte Datei ist kein einzelner öffentlicher OpenPGP-Schlüssel, den die\n"
                + "  Liste lesen kann"
        case .secretKey:
            "Sie haben Ihren GEHEIMEN Schlüssel geschickt. Andere könnten ihn jetzt haben.\n"
                + "  Erzeugen Sie einen neuen Schlüssel, und schicken Sie nur dessen\n"
                + "  öffentlichen Teil"
        case .revoked: "Der Schlüssel ist widerrufen"
        case .expired:
            "Der Schlüssel ist abgelaufen. Verlängern Sie ihn, und schicken Sie ihn noch einmal"
        case .weakKey:
            "Der Schlüssel ist zu schwach. Verwenden Sie Curve25519 oder RSA mit 2048 bis 8192 Bit"
        case .noValidSelfSignature:
            "Der Schlüssel ist veraltet signiert (SHA-1). Erneuern Sie ihn oder erzeugen Sie einen\n"
                + "  neuen"
        case .unboundSubkey:
            "Ein Unterschlüssel ist gar nicht oder veraltet signiert (SHA-1). Erneuern Sie den\n"
                + "  Schlüssel"
        case .cannotEncrypt:
            "An diesen Schlüssel kann niemand verschlüsseln. Dafür fehlt ein gültiger\n"
                + "  Unterschlüssel"
        case .cannotSign: "Mit diesem Schlüssel kann man nicht signieren"
        }
    }

    static func certification(_ refusal: CertificationRefusal) -> String {
        switch refusal {
        case .malformed: "Die angehängte Datei ist kein Schlüssel, den die Liste lesen kann"
        case .otherKey: "Der angehängte Schlüssel ist nicht der Schlüssel dieser Liste"
        case .none:
            "Ihr Schlüssel hat den angehängten Schlüssel nicht beglaubigt. Beglaubigen Sie ihn,\n"
                + "  und schicken Sie ihn noch einmal"
        case .tooMany: "Der angehängte Schlüssel hat zu viele oder zu große Beglaubigungen"
        case .invalid: "Eine Beglaubigung im angehängten Schlüssel ist ungültig"
        }
    }

    static func problem(_ problem: CommandProblem) -> String {
        switch problem {
        case .words(let text): text
        case .notBound(let list):
            "Ihre Signatur sagt nicht, für welche Liste die Mail ist. Schicken Sie sie noch\n"
                + "  einmal, mit der Zeile „list: \(list)“ unter dem Befehl"
        case .subjectNotSigned:
            "Ihre Signatur gilt nicht für den Betreff. Schreiben Sie den Befehl in den Text"
        case .needsOwnMail: "Schicken Sie diesen Befehl in einer eigenen Mail"
        case .notAnAddress: "Das ist keine Mailadresse"
        case .keyNotSigned: "Ihre Signatur gilt nicht für den angehängten Schlüssel"
        case .noKey: "An Ihrer Mail hing kein öffentlicher Schlüssel"
        case .severalKeys(let count): "Es hingen \(count) Schlüssel an. Hängen Sie genau einen an"
        case .badKey(let refusal): certificate(refusal)
        case .noContactKey: "Die Liste hat keinen Schlüssel für diese Adresse"
        case .changePending:
            "Darum haben Sie schon gebeten. Antworten Sie auf die Mail der Liste, oder warten\n"
                + "  Sie, bis diese nicht mehr gilt"
        case .sameKey:
            "Diesen Schlüssel hat die Liste schon. Um ihn zu erneuern, nehmen Sie „key update“"
        case .keyOfAnother: "Dieser Schlüssel gehört zu einer anderen Adresse auf der Liste"
        case .hasOtherKey: "Die Liste hat inzwischen einen anderen Schlüssel für diese Adresse"
        case .keyMissing: "Es gibt keinen Schlüssel, der zu bestätigen wäre"
        case .unknownAddress: "Niemand mit dieser Adresse hat einen Schlüssel auf der Liste"
        case .noRevocation: "Ihre Mail enthält keinen Widerruf Ihres Schlüssels"
        case .noNewerKey: "Ihre Mail enthält keine neuere Fassung Ihres Schlüssels"
        case .noListKey: "Hängen Sie den Schlüssel der Liste an, und keinen anderen"
        case .badCertification(let refusal): certification(refusal)
        case .onOrOff: "Schreiben Sie „set delivery on“ oder „set delivery off“"
        case .nothingWaits:
            "Nichts wartet mehr auf diese Entscheidung. Vielleicht hat schon jemand entschieden"
        case .noContent: "Die Mail hat keinen Inhalt, den die Liste verschicken könnte"
        case .refused(let refusal):
            "Die Liste kann den Beitrag nicht verteilen: \(objection(refusal))"
        case .changedPost(let id):
            "Jemand hat den gespeicherten Beitrag \(id) verändert. Sagen Sie es der Verwaltung\n"
                + "  des Servers"
        case .unknownSetting(let name):
            "Es gibt keine Einstellung „\(name)“. Es gibt diese:\n  "
                + ListSettings.table.map(\.name).joined(separator: ",\n  ")
        case .programOnHost:
            "Ein Programm kann nur die Verwaltung des Servers festlegen, mit 'listseal list set'"
        case .onHost(let name):
            "\(name) kann nur die Verwaltung des Servers ändern, mit 'listseal list set'"
        case .pauseOnHost:
            "Eine Liste anhalten kann nur die Verwaltung des Servers, mit 'listseal list pause'"
        case .notAValue(let value, let name, let type):
            "Die Einstellung \(name) kann nicht „\(value)“ sein. Möglich ist: \(self.type(type))"
        case .conflict(let conflict): self.conflict(conflict)
        }
    }

    static func conflict(_ conflict: SettingConflict) -> String {
        switch conflict {
        case .originalWithoutDomains:
            "from=original braucht mindestens eine Domain in original_domains. Die Verwaltung des "
                + "Servers legt sie mit 'listseal list set LIST original_domains DOMAIN' fest"
        case .clearWithoutSignature:
            "encrypt_outgoing=as-received braucht sign_outgoing=true. Ohne Signatur ist nicht zu "
                + "erkennen, dass eine Mail im Klartext von der Liste stammt"
        case .preservingWithoutOriginal:
            "preserve_original_sig braucht from=original. Mailprogramme warnen, wenn eine Signatur "
                + "nicht zum Absender passt"
        case .preservingWithMetadata: preserving("metadata", "none")
        case .preservingWithPrefix: preserving("subject_prefix", "\"\"")
        case .preservingWithFooter: preserving("footer", "\"\"")
        case .preservingWithStripping: preserving("strip_original_sig", "false")
        }
    }

    private static func preserving(_ name: String, _ value: String) -> String {
        "Mit preserve_original_sig darf nichts einen Beitrag verändern. Setzen Sie zuerst "
            + "\(name) auf \(value)"
    }

    static func type(_ type: SettingType) -> String {
        switch type {
        case .text(let maximum, let hasLines):
            "Text mit höchstens \(maximum) Zeichen"
                + (hasLines ? "; \\n beginnt eine neue Zeile" : "")
        case .flag: "true oder false"
        case .choice(let words): "eines von: \(words.joined(separator: ", "))"
        case .number(let unit, let range):
            "Zahl der \(Self.unit(unit)), \(range.lowerBound) bis \(range.upperBound)"
        case .words(let words, let hasAll):
            (hasAll ? "all, none " : "none ")
                + "oder einige davon, durch Kommas getrennt: \(words.joined(separator: ", "))"
        case .domains(let maximum):
            "none oder höchstens \(maximum) Domains, durch Kommas getrennt; nur auf dem Server"
        case .subscriptionSteps:
            "eines von: open, confirm, moderate, confirm-moderate, closed; oder Schritte, durch "
                + "Kommas getrennt: verify-address, key-set, key-confirm, moderate, exec:PROGRAMM"
        case .keyChangeSteps:
            "key-confirm; davor oder danach, durch Kommas getrennt: moderate, exec:PROGRAMM"
        case .leaveSteps:
            "verify-address; danach, durch Kommas getrennt: moderate, exec:PROGRAMM"
        }
    }

    private static func unit(_ unit: SettingType.Unit) -> String {
        switch unit {
        case .bytes: "Bytes"
        case .seconds: "Sekunden"
        case .days: "Tage"
        case .posts: "Beiträge"
        }
    }
}
