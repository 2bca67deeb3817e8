extension GermanTexts {
    static let bounces = TextTemplate(
        subject: "Sie erhalten keine Beiträge mehr von {list}",
        body: """
            {list} hat Ihnen seit {since} keine Beiträge geschickt. An mehreren Tagen hat Ihr
            Mailserver sie nicht angenommen.

            Um wieder Beiträge zu erhalten, schicken Sie eine Mail an {request}. Signieren
            Sie sie mit Ihrem Schlüssel, und schreiben Sie diese beiden Zeilen als Text:

              set delivery on
              list: {list}

            Die Beiträge, die Sie verpasst haben, schickt die Liste nicht mehr. Bitten Sie ein
            anderes Mitglied darum.
            """
    )

    static let bouncesOwners = TextTemplate(
        subject: "Mitglieder, die keine Beiträge mehr erhalten: {count}",
        body: """
            Die Liste {list} schickt diesen Mitgliedern keine Beiträge mehr. An mehreren Tagen
            haben ihre Mailserver sie nicht angenommen:

            {people}

            Hinter jeder Adresse steht die Antwort des Mailservers. Sie bleiben Mitglieder, und
            die Liste schreibt ihnen in einer Woche. Wenn das Problem gelöst ist, können sie die
            Zustellung wieder einschalten. Oder die Verwaltung des Servers führt diesen Befehl
            aus:

              listseal subscriber resume {list} ADRESSE
            """
    )

    static let unsent = TextTemplate(
        subject: "Weitergeleitete Mails, die nicht ankamen: {count}",
        body: """
            Ein Beitrag von {list} sollte an diese Personen außerhalb der Liste gehen. Sie haben
            ihn nicht erhalten, obwohl die Kopien der Mitglieder sagen, er sei verschickt:

            {people}

            Hinter jeder Adresse steht der Grund. Leiten Sie den Beitrag noch einmal weiter, wenn
            das Problem gelöst ist.
            """
    )

    static let missedCopies = TextTemplate(
        subject: "Kopien, die Mitglieder nicht erreicht haben: {count}",
        body: """
            Diese Mitglieder von {list} haben die Kopie eines Beitrags nicht erhalten, weil ein
            Mailserver sie endgültig abgelehnt hat:

            {people}

            Jede Zeile nennt das Mitglied, die Message-ID des Beitrags, falls sie bekannt ist, und
            die Antwort des Servers.

            Die nächsten Beiträge schickt die Liste diesen Mitgliedern wie bisher. Steht in einer
            Zeile „wartet“, hat der Server der Liste die Kopie noch. Bitten Sie seine Verwaltung,
            sie noch einmal zu schicken, wenn der Grund behoben ist:

              listseal queue show
              listseal queue retry

            Die anderen Kopien werden nicht noch einmal verschickt.
            """
    )

    static let dropped = TextTemplate(
        subject: "Verworfene Mails: {count}",
        body: """
            Seit dem letzten Bericht hat die Liste {list} Mails abgelehnt und verworfen, ohne es
            dem Absender zu sagen. Ihre Zahl: {count}. Eine Nachricht darüber hätte jemanden
            treffen können, der die Mail nicht geschrieben hat.

            Sie brauchen nichts zu tun. Wenn jemand eine Mail vermisst, findet die Verwaltung des
            Servers sie im Protokoll, und den Grund mit:

              listseal log QUEUEID
            """
    )

    static let ownersNotice = TextTemplate(
        subject: "{list}: {address} {did}",
        body: """
            {address} {did}.

              Liste:     {list}
              Schlüssel: {fingerprint}

            Sie brauchen nichts zu tun. Mit dem Befehl „set notify_owners_of“ an {request}
            legen Sie fest, was die Liste Ihnen mitteilt.
            """
    )

    static let settingChanged = TextTemplate(
        subject: "{list}: Einstellung {name} geändert",
        body: """
            {by} hat eine Einstellung von {list} geändert:

              {name}
              vorher: {old-value}
              jetzt:  {value}

            Wenn das ein Versehen war, kann die Listenleitung es mit dem Befehl „set“ rückgängig
            machen.
            """
    )

    static let keyBound = TextTemplate(
        subject: "Ein Schlüssel für {address}",
        body: """
            {by} hat einen Schlüssel für eine Adresse außerhalb der Liste {list} festgelegt:

              {address}
              {fingerprint}

            Beiträge, die an diese Adresse weitergeleitet werden, sind von jetzt an mit diesem
            Schlüssel verschlüsselt. Vergleichen Sie den Fingerabdruck mit der Person, wenn Sie
            können. Die Listenleitung kann den Schlüssel mit dem Befehl
            „key remove {address}“ entfernen.
            """
    )

    static let keyUnbound = TextTemplate(
        subject: "Kein Schlüssel für {address}",
        body: """
            {by} hat den Schlüssel einer Adresse außerhalb der Liste {list} entfernt:

              {address}
              {fingerprint}

            Beiträge können nicht mehr verschlüsselt an diese Adresse weitergeleitet werden. Die
            Listenleitung kann mit dem Befehl „key add {address}“ einen anderen Schlüssel
            festlegen.
            """
    )

    static let ownerMail = TextTemplate(
        subject: "[{proven-author}] Mail an {role-address}",
        body: """
            Diese Mail ging an {role-address}.

            Absender: {author} ({proof})
            Verschlüsselung: {encryption}
            """
    )

    static let summons = TextTemplate(
        subject: "{list} braucht Ihren Schlüssel",
        body: """
            Die Liste {list} hat eine Nachricht für Sie als Listenleitung. Sie kann Ihnen diese
            Nachricht nicht schicken, denn sie hat keinen Schlüssel von Ihnen, an den sie
            verschlüsseln kann.

            Bitten Sie die Verwaltung des Servers, 'listseal status' auszuführen und der Liste
            Ihren Schlüssel mit 'listseal subscriber set-key' zu geben.
            """
    )
}
