/// German words for the lines above a post.
extension GermanWords {
    static func remark(_ remark: PostRemark) -> (label: String, value: String) {
        switch remark {
        case .postedBy(let author, let isProven):
            ("Beitrag von", (author ?? unreadableAddress) + (isProven ? "" : " (nicht bestätigt)"))
        case .date(let date): ("Datum", time(TextTime(date)))
        case .unreadableDate(let text): ("Datum", text)
        case .signature(let facts): ("Signatur", signature(facts))
        case .noSignature: ("Signatur", noSignature)
        case .encryption(let encryption): ("Verschlüsselung", self.encryption(encryption))
        case .acceptedAlthough(let refusals):
            ("Angenommen trotz Einwänden", refusals.map(objection).joined(separator: "; "))
        case .subjectNotSigned: ("Betreff", "nicht durch die Signatur geschützt")
        case .addressed(true): ("Gerichtet an", "diese Liste, laut Signatur")
        case .addressed(false): ("Gerichtet an", "die Signatur sagt nicht, für wen der Beitrag ist")
        case .forwarded(let remark): ("Weitergeleitet", forwarded(remark))
        case .madeText(isAttached: true):
            ("Text", "von der Liste aus dem HTML des Absenders erzeugt, das angehängt ist")
        case .madeText(isAttached: false):
            ("Text", "von der Liste aus dem HTML des Absenders erzeugt, das weggelassen ist")
        case .notInClear:
            (
                "Verschlüsselt verschickt",
                "der Inhalt lässt sich nicht unverändert im Klartext verschicken"
            )
        case .signatureNotKept(let objection):
            ("Originalsignatur nicht erhalten", self.objection(objection))
        }
    }

    private static func forwarded(_ remark: ForwardRemark) -> String {
        switch remark {
        case .toNobody(let objection): "an niemanden: \(self.objection(objection))"
        case .notAnAddress(let word): "nicht an \(word): keine Adresse, oder zu viele Adressen"
        case .tooLarge(let address): "nicht an \(address): der Beitrag ist zu groß für so viele"
        case .isList(let address): "nicht an \(address): das ist die Adresse einer Liste"
        case .noKey(let address):
            "nicht an \(address): die Liste hat keinen Schlüssel dafür. Die Listenleitung legt ihn "
                + "mit „key add“ fest"
        case .unusableKey(let address):
            "nicht an \(address): der Schlüssel ist zurzeit nicht verwendbar"
        case .encrypted(let address, let key): "an \(address), verschlüsselt mit Schlüssel \(key)"
        case .clear(let address): "an \(address), im Klartext"
        }
    }

    private static func objection(_ objection: ForwardRemark.Objection) -> String {
        switch objection {
        case .notProven:
            "der Beitrag ist nicht verschlüsselt und mit einem bestätigten Schlüssel signiert"
        case .notBound(let list):
            "die Signatur sagt nicht, für welche Liste der Beitrag ist. Dafür gibt es die Zeile "
                + "„X-List-Name: \(list)“"
        case .notAllowed: "die Liste erlaubt das dem Absender nicht"
        case .wasHeld:
            "die Moderation musste den Beitrag annehmen. Der Absender kann ihn noch einmal schicken"
        }
    }

    private static func objection(_ objection: OriginalObjection) -> String {
        switch objection {
        case .otherDomain: "dieser Server verschickt keine Mails für die Domain des Absenders"
        case .notProven: "der Schlüssel des Absenders hat den Beitrag nicht signiert"
        case .hasRemarks: "die Liste hat Anmerkungen zum Beitrag"
        case .otherForm:
            "der Beitrag ist nicht eine verschlüsselte Mail mit einer Signatur über alles"
        case .forListAlone: "der Absender hat nur für den Schlüssel der Liste signiert"
        case .hasGossip: "der Beitrag enthält Schlüssel anderer Personen"
        case .otherDate: "das Datum des Beitrags ist nicht die Zeit der Signatur"
        }
    }
}
