extension GermanTexts {
    static let keySet = TextTemplate(
        subject: "key set {token}",
        body: """
            {request-reason}:

              {list}

            Schicken Sie der Liste dafür Ihren öffentlichen OpenPGP-Schlüssel:

            1. Klicken Sie in Ihrem Mailprogramm auf „Antworten“. Ändern Sie den Betreff
               nicht.
            2. Hängen Sie Ihren öffentlichen Schlüssel an. In Thunderbird: Menü „OpenPGP“,
               dann „Meinen öffentlichen Schlüssel anhängen“.
            3. Senden Sie die Mail ab. Die Liste antwortet mit dem nächsten Schritt.

            Wenn Sie noch keinen Schlüssel haben, erzeugen Sie zuerst einen. In Thunderbird:
            „Konten-Einstellungen“, „Ende-zu-Ende-Verschlüsselung“, „Schlüssel hinzufügen“.

            Sie können bis {expires} auf diese Mail antworten.
            Der öffentliche Schlüssel der Liste hängt an.

            Wenn Sie das nicht waren, tun Sie nichts. Dann geschieht nichts.
            """
    )

    static let keyConfirm = TextTemplate(
        subject: "key confirm",
        body: """
            Die Liste {list} hat Ihren Schlüssel erhalten:

              {fingerprint}

            Zeigen Sie nun, dass dieser Schlüssel Ihnen gehört. Antworten Sie auf diese Mail,
            und signieren Sie Ihre Antwort:

            1. Klicken Sie auf „Antworten“.
            2. Achten Sie darauf, dass Ihr Mailprogramm mit diesem Schlüssel signiert. In
               Thunderbird: Menü „OpenPGP“, Haken bei „Digital unterschreiben“.
            3. Lassen Sie die folgenden Zeilen in Ihrer Antwort stehen. Ihr Mailprogramm
               darf sie zitieren und umbrechen.
            4. Senden Sie die Mail ab.

            {statement}

            Wenn Sie diesen Schlüssel nicht geschickt haben, tun Sie nichts. Dann geschieht
            nichts.
            """
    )

    static let keyChangeConfirm = TextTemplate(
        subject: "key confirm",
        body: """
            Sie haben die Liste {list} gebeten, Ihren Schlüssel zu ersetzen:

              neuer Schlüssel: {fingerprint}
              alter Schlüssel: {old-fingerprint}

            Um zuzustimmen, antworten Sie auf diese Mail, und signieren Sie Ihre Antwort mit
            Ihrem ALTEN Schlüssel. Lassen Sie die folgenden Zeilen in Ihrer Antwort stehen.
            Ihr Mailprogramm darf sie zitieren und umbrechen.

            {statement}

            Wenn Sie nicht darum gebeten haben, antworten Sie nicht. Schreiben Sie sofort an
            {owner}.
            """
    )

    static let confirmAddress = TextTemplate(
        subject: "confirm {token}",
        body: """
            Jemand, vermutlich Sie selbst, möchte mit Ihrer Adresse Mitglied der Mailingliste
            {list} werden.

            Wenn Sie das möchten, klicken Sie auf „Antworten“, und senden Sie die Mail ab.
            Ändern Sie den Betreff nicht.

            Wenn Sie das nicht waren, tun Sie nichts. Dann geschieht nichts.
            """
    )

    static let confirmLeave = TextTemplate(
        subject: "confirm {token}",
        body: """
            Jemand, vermutlich Sie selbst, möchte Ihre Adresse aus der Mailingliste
            {list} austragen.

            Um die Liste zu verlassen, klicken Sie auf „Antworten“, und senden Sie die Mail
            ab. Ändern Sie den Betreff nicht.

            Wenn Sie das nicht waren, tun Sie nichts. Dann bleiben Sie Mitglied.
            """
    )

    static let rejected = TextTemplate(
        subject: "Ihre Anfrage an {list} wurde abgelehnt",
        body: """
            Sie wollten {wish}:

              {list}

            Die Liste hat diese Anfrage abgelehnt.

            Begründung: {reason}

            Es hat sich nichts geändert. Bei Fragen schreiben Sie an {owner}.
            """
    )

    static let welcome = TextTemplate(
        subject: "Willkommen bei {list}",
        body: """
            Sie sind jetzt Mitglied von {list}.

            Um allen Mitgliedern zu schreiben, schicken Sie eine Mail an {list}.
            Verschlüsseln Sie sie mit dem Schlüssel der Liste, und signieren Sie sie mit Ihrem
            Schlüssel:

              {fingerprint}

            Jedes Mitglied erhält eine Kopie, die mit dem eigenen Schlüssel verschlüsselt ist.

            Um die Liste zu verlassen, schicken Sie eine Mail mit dem Betreff „unsubscribe“ an
            {request}. Mit dem Betreff „help“ erhalten Sie eine Übersicht aller Befehle.
            """
    )

    static let alreadySubscribed = TextTemplate(
        subject: "Sie sind schon Mitglied von {list}",
        body: """
            Jemand, vermutlich Sie selbst, möchte mit Ihrer Adresse Mitglied der Mailingliste
            {list} werden. Sie sind schon Mitglied. Es hat sich nichts geändert.

            Sie brauchen nichts zu tun.
            """
    )

    static let goodbye = TextTemplate(
        subject: "Sie haben {list} verlassen",
        body: """
            Sie sind nicht mehr Mitglied von {list}. Sie erhalten keine Beiträge mehr.

            Sie brauchen nichts zu tun. Wenn Sie nicht darum gebeten haben, schreiben Sie an
            {owner}.
            """
    )
}
