/// The list's texts in German.
enum GermanTexts {
    static func template(_ name: TextName) -> TextTemplate {
        let (subject, body) = text(name)
        return TextTemplate(subject: subject, body: body)
    }

    private static func text(_ name: TextName) -> (String, String) {
        switch name {
        case .keySet:
            (
                "key set {token}",
                """
                Jemand, vermutlich Sie selbst, möchte diese Adresse bei {list} eintragen.

                Antworten Sie auf diese Mail und hängen Sie Ihren öffentlichen OpenPGP-Schlüssel
                an. Lassen Sie den Betreff, wie er ist. Die meisten Mailprogramme haben dafür
                „Meinen öffentlichen Schlüssel anhängen“.

                Wenn Sie es nicht waren, tun Sie nichts: Dann geschieht nichts.
                Der Schlüssel der Liste hängt an. Diese Einladung endet {expires}.
                """
            )
        case .keyConfirm:
            (
                "key confirm",
                """
                Die Liste {list} hat Ihren Schlüssel erhalten:

                  {fingerprint}

                Um zu beweisen, dass er Ihnen gehört, antworten Sie auf diese Mail,
                UNTERSCHRIEBEN mit diesem Schlüssel. Die folgenden Zeilen müssen in Ihrer Antwort
                stehen bleiben; Ihr Mailprogramm darf sie zitieren und umbrechen.

                {statement}

                Wenn Sie diesen Schlüssel nicht geschickt haben, tun Sie nichts.
                """
            )
        case .keyChangeConfirm:
            (
                "key confirm",
                """
                Sie haben {list} gebeten, Ihren Schlüssel durch einen anderen zu ersetzen.

                  neuer Schlüssel: {fingerprint}
                  alter Schlüssel: {old-fingerprint}

                Um zuzustimmen, antworten Sie auf diese Mail, UNTERSCHRIEBEN mit Ihrem ALTEN
                Schlüssel. Die folgenden Zeilen müssen in Ihrer Antwort stehen bleiben; Ihr
                Mailprogramm darf sie zitieren und umbrechen.

                {statement}

                Wenn Sie nicht darum gebeten haben, tun Sie nichts und schreiben Sie an {owner}.
                """
            )
        case .confirmAddress:
            (
                "confirm {token}",
                """
                Jemand, vermutlich Sie selbst, möchte diese Adresse bei {list} eintragen.

                Antworten Sie auf diese Mail und lassen Sie den Betreff, wie er ist.
                Wenn Sie es nicht waren, tun Sie nichts: Dann geschieht nichts.
                """
            )
        case .confirmLeave:
            (
                "confirm {token}",
                """
                Jemand, vermutlich Sie selbst, möchte diese Adresse bei {list} austragen.

                Antworten Sie auf diese Mail und lassen Sie den Betreff, wie er ist.
                Wenn Sie es nicht waren, tun Sie nichts: Dann geschieht nichts.
                """
            )
        case .moderate:
            (
                "{action}: {address}",
                """
                {address} wartet auf eine Entscheidung der Eigentümer oder Moderatoren von
                {list}: {action}.

                  Schlüssel:                    {fingerprint}
                  anstelle von:                 {old-fingerprint}
                  ein Name darin passt:         {match}
                  Namen im Schlüssel:
                {user-ids}

                Getan hat sie bisher: {done}.
                key-set oder verify-address heißt, dass sie Mail an diese Adresse liest,
                key-confirm, dass der Schlüssel ihr gehört. Ob sie die ist, für die Sie sie
                halten, wissen nur Sie: Vergleichen Sie den Fingerabdruck mit ihr am Telefon oder
                persönlich.

                Entscheidet bis {expires} niemand, so endet es.

                Antworten Sie auf diese Mail, mit Ihrem Schlüssel unterschrieben, mit einer
                dieser Zeilen als erster:

                accept {token}
                reject {token} eine Begründung, die sie erfährt
                """
            )
        case .rejected:
            (
                "{action}: nicht angenommen",
                "Die Eigentümer von {list} haben nicht angenommen: {action}.\n\n{reason}\n"
            )
        case .welcome:
            (
                "Willkommen bei {list}",
                """
                Sie sind bei {list} eingetragen.

                Schreiben Sie an {list}, verschlüsselt an den Schlüssel der Liste und mit Ihrem
                ({fingerprint}) unterschrieben; alle Eingetragenen erhalten eine Kopie, jede an den
                eigenen Schlüssel verschlüsselt. Befehle gehen an {request}: 'help' zählt sie auf.
                Zum Austragen genügt eine unterschriebene Mail mit 'unsubscribe'.
                """
            )
        case .keyChanged:
            (
                "Ihr Schlüssel wurde geändert",
                """
                Von jetzt an ist Ihr Schlüssel für {list}

                  {fingerprint}

                Er ersetzt {old-fingerprint}.
                Wenn Sie das nicht waren, schreiben Sie sofort an {owner}.
                """
            )
        case .keyUpdated:
            (
                "Ihr Schlüssel wurde übernommen",
                "Ihr Schlüssel für {list} ist jetzt der, den Sie geschickt haben:\n\n  {fingerprint}\n"
            )
        case .goodbye:
            ("Sie haben {list} verlassen", "Sie sind bei {list} nicht mehr eingetragen.\n")
        case .help:
            (
                "Hilfe",
                """
                Diese Befehle nimmt {request} an, im Betreff oder als Zeilen des Textes:

                {commands}

                Menschen erreichen Sie unter {owner}.
                """
            )
        case .info:
            (
                "Über {list}",
                """
                {list} ist eine Liste für verschlüsselte Mail. Ihr Schlüssel hängt an:

                  {fingerprint}

                So trägt man sich ein: {policy}. Die Eigentümer erreichen Sie unter {owner}.
                """
            )
        case .listKey:
            (
                "Der Schlüssel von {list}",
                "Der Schlüssel von {list} hängt an:\n\n  {fingerprint}\n"
            )
        case .held:
            (
                "angehalten: ein Beitrag von {author}",
                """
                Ein Beitrag an {list} wartet auf eine Entscheidung der Eigentümer oder Moderatoren.

                  From:             {author}
                  Grund:            {reason}
                  gesehen:          {detail}
                  Unterschriften:   {signatures}
                  Oktette:          {size}

                Er hängt an, wenn er nicht zu groß ist; bewiesen ist nicht mehr, als hier steht.
                Entscheidet bis {expires} niemand, so wird er verworfen.

                Antworten Sie auf diese Mail, mit Ihrem Schlüssel unterschrieben, mit einer
                dieser Zeilen als erster:

                accept {token}
                reject {token} eine Begründung, die erfährt, wessen Unterschrift gut ist
                discard {token}
                trust {token}

                Die letzte nimmt ihn an, und die nächsten Beiträge warten nicht mehr; nur für
                jemanden, dessen Beiträge moderiert werden.
                """
            )
        case .heldLong:
            (
                "{count} Beiträge warten auf eine Entscheidung",
                """
                Diese Beiträge an {list} warten seit Tagen und werden verworfen, wenn niemand
                entscheidet:

                {posts}

                In den Nachrichten von damals stehen ihre Token; auf dem Rechner:

                  listseal held list {list}
                """
            )
        case .keyExpires:
            (
                "Ihr Schlüssel läuft bald ab",
                """
                An Ihren Schlüssel kann bis {expires} verschlüsselt werden:

                  {fingerprint}

                Danach bekommen Sie von {list} keine Mails mehr, denn im Klartext wird nie etwas
                verschickt. Verlängern Sie ihn, und schicken Sie ihn an {request} mit dem Betreff

                  key update

                In einer Shell: gpg --quick-set-expire {fingerprint} 2y, dasselbe mit '*' dahinter
                für die Unterschlüssel; hängen Sie an, was gpg --armor --export {fingerprint}
                ausgibt.
                """
            )
        case .keysExpire:
            (
                "{count} Schlüssel laufen bald ab",
                """
                An diese Schlüssel von {list} kann bald nicht mehr verschlüsselt werden. Denen sie
                gehören, ist es gesagt, verschlüsselt; ist es so weit, enden die Kopien:

                {keys}
                """
            )
        case .bounces:
            (
                "Sie bekommen keine Beiträge mehr",
                """
                Seit {since} hat {list} Ihnen keine Beiträge geschickt: Die davor kamen an mehreren
                Tagen von Ihrem Mailserver zurück. Damit spätere wieder kommen, schicken Sie eine
                Mail an {request}, signiert mit Ihrem Schlüssel, mit diesen beiden Zeilen:

                  set delivery on
                  list: {list}

                Beiträge aus der Zwischenzeit kommen nicht mehr; andere Mitglieder haben sie.
                """
            )
        case .bouncesOwners:
            (
                "{count} Mitglieder bekommen keine Beiträge mehr",
                """
                Beiträge an {list} kamen an so vielen Tagen zurück, dass diese Mitglieder keine mehr
                bekommen. Sie bleiben Mitglieder und erfahren es in einer Woche:

                {people}

                'listseal subscriber show' sagt, warum; 'listseal subscriber resume' beginnt wieder.
                """
            )
        case .keyRotated:
            (
                "{list} hat einen neuen Schlüssel",
                """
                Der Schlüssel von {list} ist ersetzt:

                  neuer Schlüssel: {fingerprint}
                  alter Schlüssel: {old-fingerprint}

                Der alte Schlüssel hat diese Mail signiert, der neue hängt an: Nehmen Sie ihn in Ihr
                Mailprogramm auf, und verschlüsseln Sie von jetzt an damit. Was an den alten
                verschlüsselt ist, wird noch bis {expires} gelesen.
                """
            )
        case .renamed:
            (
                "{old-address} heißt jetzt {list}",
                """
                Die Liste {old-address} hat eine andere Adresse:

                  {list}

                Mail an die alte Adresse kommt weiter hier an. Der Schlüssel der Liste ist derselbe \
                und nennt auch die neue Adresse; er hängt an, für Mailprogramme, die darin nach \
                einer Adresse suchen.
                """
            )
        case .keyRevoked:
            (
                "Der Schlüssel von {list} ist widerrufen",
                """
                Der Schlüssel von {list} ist widerrufen: Vielleicht hat ihn jemand anders.

                  widerrufen: {old-fingerprint}
                  neuer Schlüssel: {fingerprint}

                Verschlüsseln Sie nichts mehr an den alten Schlüssel, und glauben Sie nichts mehr,
                was er von jetzt an signiert. Was an ihn verschlüsselt ist, wird abgelehnt. Wer ihn
                und frühere Mails der Liste hat, kann diese vielleicht lesen.

                Der neue Schlüssel hat diese Mail signiert. Ob er der Liste gehört, müssen Sie
                anders erfahren: Vergleichen Sie den Fingerabdruck mit der Leitung der Liste, am
                Telefon oder persönlich. Der alte Schlüssel hängt mit seinem Widerruf an; den neuen
                bekommen Sie mit 'key receive' an {request}.
                """
            )
        case .keyBound:
            (
                "Ein Schlüssel für {address}",
                """
                {by} hat einer Adresse außerhalb von {list} einen Schlüssel zugeordnet:

                  {address}
                  {fingerprint}

                Was an diese Adresse weitergeschickt wird, wird von jetzt an mit diesem Schlüssel
                verschlüsselt. Vergleichen Sie den Fingerabdruck, wenn Sie können, mit der Person.
                'key remove {address}' nimmt es zurück.
                """
            )
        case .keyUnbound:
            (
                "Kein Schlüssel für {address}",
                """
                {by} hat den Schlüssel einer Adresse außerhalb von {list} zurückgenommen:

                  {address}
                  {fingerprint}

                An diese Adresse wird nichts mehr verschlüsselt weitergeschickt.
                """
            )
        case .settingChanged:
            (
                "{list}: {name}",
                """
                {by} hat eine Einstellung von {list} geändert:

                  {name} war {old-value}
                  {name} ist {value}
                """
            )
        case .ownersNotice:
            (
                "{action} von {address}",
                """
                Auf {list} ist das geschehen; Sie brauchen nichts zu tun:

                  {action} von {address}
                  Schlüssel: {fingerprint}

                'set notify_owners_of' legt fest, was Sie erfahren.
                """
            )
        case .unsent:
            (
                "{count} Mails gingen nicht hinaus",
                """
                Beiträge von {list} sollten an diese Leute draußen weitergehen, und sind es nicht:

                {people}

                Die Kopien hier sagen, sie seien verschickt. Schreiben Sie noch einmal, wenn der
                Grund behoben ist.
                """
            )
        case .dropped:
            (
                "Verworfene Nachrichten: {count}",
                """
                Nachrichten an {list}, die seit dem letzten solchen Bericht abgelehnt wurden, als \
                nur noch eine Rückmeldung es hätte sagen können: {count}. Keine wurde verschickt, \
                denn sie hätte jemanden treffen können, der nie geschrieben hat.

                Das Protokoll des Dienstes hat für jede eine Zeile mit ihrer Queue-ID; den Grund \
                nennt der Verwaltung 'listseal log QUEUEID'.
                """
            )
        case .postRejected:
            (
                "Ihr Beitrag wurde nicht angenommen",
                "Die Moderatoren von {list} haben Ihren Beitrag nicht angenommen.\n\n{reason}\n"
            )
        case .keySigned:
            (
                "Ihre Beglaubigung ist veröffentlicht",
                """
                Die Liste {list} veröffentlicht ab jetzt Ihre Beglaubigung ihres Schlüssels:

                  {fingerprint}

                Der Schlüssel mit ihr hängt an.
                """
            )
        case .alreadySubscribed:
            (
                "Sie sind eingetragen",
                """
                Jemand, vermutlich Sie selbst, möchte diese Adresse bei {list} eintragen.
                Sie sind schon eingetragen; es wurde nichts geändert.
                """
            )
        case .keyRefused:
            (
                "key set {token}",
                """
                Die Liste {list} kann den Schlüssel nicht annehmen, der mit Ihrer Antwort kam:

                  {reason}

                Antworten Sie noch einmal auf diese Mail und hängen Sie einen anderen Schlüssel an.
                Lassen Sie den Betreff, wie er ist.
                """
            )
        case .keyEnded:
            (
                "Ihr Schlüssel gilt nicht mehr",
                """
                Der Schlüssel {fingerprint} ist widerrufen oder abgelaufen.

                Sie erhalten keine Kopien von {list}, bis ein anderer bestätigt ist: Eine Mail,
                die darum bittet, folgt; sonst fragen Sie {owner}.
                """
            )
        case .keyEndedOwners:
            (
                "Ein Schlüssel gilt nicht mehr",
                "{address} hat das Ende ihres Schlüssels {fingerprint} geschickt. Sie erhält keine "
                    + "Kopien, bis ein anderer bestätigt ist.\n"
            )
        case .decided:
            ("Entschieden", "Ihre Entscheidung gilt: {action} von {address} ist {decision}.\n")
        case .who:
            ("Eingetragen bei {list}", "Bei {list} sind {count} eingetragen:\n\n{people}\n")
        case .subscriberKey:
            (
                "Der Schlüssel von {address}",
                "Der Schlüssel hängt an, den {address} der Liste {list} bewiesen hat:\n\n"
                    + "  {fingerprint}\n"
            )
        case .delivery:
            ("Zustellung {state}", "Kopien von Beiträgen an {list}: {state}.\n")
        case .failed:
            (
                "Nicht ausgeführt: {command}",
                "Die Liste {list} konnte Ihren Wunsch nicht erfüllen ({command}):\n\n  {reason}\n"
            )
        }
    }
}
