extension GermanTexts {
    static let keyChanged = TextTemplate(
        subject: "Ihr Schlüssel für {list} ist geändert",
        body: """
            {list} verwendet jetzt diesen Schlüssel für Sie:

              {fingerprint}

            Er ersetzt diesen Schlüssel:

              {old-fingerprint}

            Wenn Sie nicht darum gebeten haben, schreiben Sie sofort an {owner}.
            """
    )

    static let keyUpdated = TextTemplate(
        subject: "Ihr Schlüssel ist erneuert",
        body: """
            {list} verwendet jetzt diesen Schlüssel für Sie:

              {fingerprint}

            Wenn Sie nicht darum gebeten haben, schreiben Sie sofort an {owner}.
            """
    )

    static let keyRefused = TextTemplate(
        subject: "key set {token}",
        body: """
            Die Liste {list} nimmt den Schlüssel nicht an, den Sie geschickt haben:

              {reason}.

            Antworten Sie noch einmal auf diese Mail, und hängen Sie einen anderen
            öffentlichen Schlüssel an. Ändern Sie den Betreff nicht.
            """
    )

    static let keyEnded = TextTemplate(
        subject: "Ihr Schlüssel gilt nicht mehr",
        body: """
            Die Liste {list} kann Ihren Schlüssel nicht mehr verwenden. Er ist widerrufen oder
            abgelaufen:

              {fingerprint}

            Sie erhalten keine Beiträge, bis Sie einen anderen Schlüssel bestätigt haben. Die
            Liste bittet Sie in einer weiteren Mail darum. Wenn Sie diese Mail nicht erhalten,
            schreiben Sie an {owner}.
            """
    )

    static let keyEndedOwners = TextTemplate(
        subject: "{address} hat den eigenen Schlüssel widerrufen",
        body: """
            {address} hat den eigenen Schlüssel für {list} widerrufen:

              {fingerprint}

            Dieses Mitglied erhält keine Beiträge, bis ein anderer Schlüssel bestätigt ist.
            Die Liste hat darum gebeten. Sie brauchen jetzt nichts zu tun.
            """
    )

    static let keyExpires = TextTemplate(
        subject: "Ihr Schlüssel läuft bald ab",
        body: """
            Ihr Schlüssel für {list} läuft am {expires} ab:

              {fingerprint}

            Danach erhalten Sie keine Beiträge mehr, denn die Liste verschickt sie nie
            unverschlüsselt, nur weil ein Schlüssel fehlt. Damit Sie weiter Beiträge erhalten:

            1. Verlängern Sie den Schlüssel. In Thunderbird: Menü „Extras“,
               „OpenPGP-Schlüssel verwalten“, Ihren Schlüssel auswählen, dann „Bearbeiten“,
               „Ablaufdatum ändern“.
            2. Schicken Sie eine Mail mit dem Betreff „key update“ an {request}, und
               hängen Sie Ihren öffentlichen Schlüssel an.
            3. Antworten Sie auf die Mail, die Sie dann von der Liste erhalten.

            Wenn Sie statt Schritt 1 GnuPG auf der Kommandozeile verwenden:

              gpg --quick-set-expire {fingerprint} 2y
              gpg --quick-set-expire {fingerprint} 2y '*'
              gpg --armor --export {fingerprint}
            """
    )

    static let keysExpire = TextTemplate(
        subject: "Schlüssel, die bald ablaufen: {count}",
        body: """
            Die Schlüssel dieser Mitglieder von {list} laufen bald ab. Danach erhalten sie
            keine Beiträge mehr:

            {keys}

            Die Liste hat ihnen geschrieben, wie sie den Schlüssel verlängern. Sie brauchen
            jetzt nichts zu tun.
            """
    )

    static let unusableKeys = TextTemplate(
        subject: "Mitglieder, die keine Beiträge erhalten: {count}",
        body: """
            Die Liste {list} kann an diese Mitglieder nicht verschlüsseln. Sie erhalten keine
            Beiträge:

            {people}

            Bitten Sie sie um einen neuen oder verlängerten Schlüssel. Sie schicken ihn mit
            dem Betreff „key update“ an {request}. Oder die Verwaltung des Servers führt
            diesen Befehl aus:

              listseal subscriber set-key {list} ADRESSE DATEI
            """
    )

    static let keyRotated = TextTemplate(
        subject: "{list} hat einen neuen Schlüssel",
        body: """
            Die Mailingliste {list} hat einen neuen Schlüssel:

              neuer Schlüssel: {fingerprint}
              alter Schlüssel: {old-fingerprint}

            Der alte Schlüssel hat diese Mail signiert. Der neue Schlüssel hängt an.

            Importieren Sie den neuen Schlüssel in Ihr Mailprogramm, und verschlüsseln Sie von
            jetzt an damit. In Thunderbird: auf den angehängten Schlüssel klicken, dann auf
            „Importieren“. Mails, die mit dem alten Schlüssel verschlüsselt sind, liest die
            Liste bis {expires}.
            """
    )

    static let keyRevoked = TextTemplate(
        subject: "Der Schlüssel von {list} ist widerrufen",
        body: """
            Der Schlüssel der Mailingliste {list} ist widerrufen. Vielleicht hat ihn jemand
            anderes:

              widerrufen:      {old-fingerprint}
              neuer Schlüssel: {fingerprint}

            Wer den alten Schlüssel und frühere Mails der Liste hat, kann diese Mails lesen.
            Vertrauen Sie nichts, was der alte Schlüssel von jetzt an signiert. Mails, die mit
            ihm verschlüsselt sind, lehnt die Liste ab.

            Das sollten Sie jetzt tun:

            1. Importieren Sie die angehängte Datei in Ihr Mailprogramm. Sie markiert den alten
               Schlüssel als widerrufen.
            2. Schicken Sie eine Mail mit dem Betreff „key receive“ an {request}. Sie
               erhalten den neuen Schlüssel.
            3. Vergleichen Sie den Fingerabdruck des neuen Schlüssels mit der Listenleitung, am
               Telefon oder persönlich. Diese Mail allein beweist nicht, dass der neue
               Schlüssel echt ist.
            """
    )

    static let renamed = TextTemplate(
        subject: "{old-address} heißt jetzt {list}",
        body: """
            Die Mailingliste {old-address} hat eine neue Adresse:

              {list}

            Mails an die alte Adresse kommen weiterhin an. Der Schlüssel ist derselbe. Er
            nennt jetzt auch die neue Adresse und hängt an.

            Importieren Sie den angehängten Schlüssel, damit Ihr Mailprogramm ihn für die neue
            Adresse findet.
            """
    )

    static let keySigned = TextTemplate(
        subject: "Ihre Beglaubigung ist veröffentlicht",
        body: """
            Die Liste {list} veröffentlicht jetzt Ihre Beglaubigung ihres Schlüssels:

              {fingerprint}

            Der Schlüssel mit Ihrer Beglaubigung hängt an. Sie brauchen nichts zu tun.
            """
    )

    static let listKey = TextTemplate(
        subject: "Der Schlüssel von {list}",
        body: """
            Der öffentliche Schlüssel der Mailingliste {list} hängt an:

              {fingerprint}

            Importieren Sie ihn in Ihr Mailprogramm. In Thunderbird: auf den angehängten
            Schlüssel klicken, dann auf „Importieren“. Um sicher zu sein, dass er echt ist,
            vergleichen Sie den Fingerabdruck mit der Listenleitung: {owner}.
            """
    )

    static let subscriberKey = TextTemplate(
        subject: "Der Schlüssel von {address}",
        body: """
            Der öffentliche Schlüssel von {address}, wie er auf {list} bestätigt ist, hängt an:

              {fingerprint}

            Importieren Sie ihn in Ihr Mailprogramm, wenn Sie dieser Person verschlüsselt
            schreiben möchten.
            """
    )
}
