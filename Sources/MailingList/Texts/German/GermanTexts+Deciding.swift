extension GermanTexts {
    static let moderate = TextTemplate(
        subject: "{list}: {address} {asks}",
        body: """
            {address} {asks}. Die Listenleitung oder die Moderation von {list} muss
            entscheiden.

              Schlüssel:                         {fingerprint}
              Er ersetzt diesen Schlüssel:       {old-fingerprint}
              Der Schlüssel nennt diese Adresse: {match}
              Namen im Schlüssel:
            {user-ids}

            {done}
            Wer diese Person ist, können nur Sie wissen. Vergleichen Sie den Fingerabdruck mit
            ihr am Telefon oder persönlich.

            Um zu entscheiden, antworten Sie auf diese Mail, signieren Sie Ihre Antwort mit
            Ihrem Schlüssel, und schreiben Sie eine dieser Zeilen ganz nach oben:

            accept {token}
            reject {token} BEGRÜNDUNG

            Die BEGRÜNDUNG liest die Person. Wenn niemand entscheidet, endet die Anfrage am
            {expires}.
            """
    )

    static let held = TextTemplate(
        subject: "[{proven-author}] Ein Beitrag wartet auf eine Entscheidung",
        body: """
            Ein Beitrag an {list} wartet. Die Listenleitung oder die Moderation muss
            entscheiden.

              Absender:    {author}
              Betreff:     {subject}
              Problem:     {reason}
              Signaturen:  {signatures}
              Größe:       {size}

            Sonst ist nichts über den Absender bestätigt. Der Beitrag hängt an, wenn er nicht
            größer ist als 2 MB.

            Um zu entscheiden, antworten Sie auf diese Mail, signieren Sie Ihre Antwort mit
            Ihrem Schlüssel, und schreiben Sie eine dieser Zeilen ganz nach oben:

            accept {token}
            reject {token} BEGRÜNDUNG
            discard {token}
            trust {token}

            - „accept“: Alle Mitglieder erhalten den Beitrag.
            - „reject“: Niemand erhält den Beitrag. Wer ihn geschrieben hat, liest die
              BEGRÜNDUNG, wenn eine Signatur zeigt, wer das ist.
            - „discard“: Niemand erhält den Beitrag, und niemand erfährt davon.
            - „trust“: Alle Mitglieder erhalten den Beitrag, und die nächsten Beiträge derselben
              Person warten nicht. Das geht nur bei einem Mitglied, dessen Beiträge moderiert
              werden.

            Wenn niemand entscheidet, verwirft die Liste den Beitrag am {expires}.
            """
    )

    static let heldLong = TextTemplate(
        subject: "Beiträge, die auf eine Entscheidung warten: {count}",
        body: """
            Diese Beiträge an {list} warten noch. Wenn niemand entscheidet, verwirft die Liste
            sie:

            {posts}

            Um zu entscheiden, suchen Sie die Mail, die Sie über den Beitrag erhalten haben, und
            antworten Sie darauf. Wenn Sie diese Mail nicht mehr haben, bitten Sie die Verwaltung
            des Servers um die Ausgabe von:

              listseal held list {list}
            """
    )

    static let postRejected = TextTemplate(
        subject: "Ihr Beitrag an {list} wurde abgelehnt",
        body: """
            Die Moderation von {list} hat Ihren Beitrag abgelehnt. Niemand hat ihn erhalten.

            Begründung: {reason}

            Bei Fragen schreiben Sie an {owner}.
            """
    )

    static let decided = TextTemplate(
        subject: "Ihre Entscheidung: {decision}",
        body: """
            Ihre Entscheidung ist ausgeführt: {decision}

              {list}: {address} {asks}

            Sie brauchen nichts weiter zu tun.
            """
    )
}
