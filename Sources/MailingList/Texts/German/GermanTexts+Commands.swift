extension GermanTexts {
    static let help = TextTemplate(
        subject: "Hilfe für {list}",
        body: """
            Diese Befehle können Sie an {request} schicken, im Betreff oder als Zeilen
            des Textes:

            {commands}

            TOKEN ist das Wort aus 26 Buchstaben und Ziffern in der Mail, auf die Sie antworten.
            Wenn ein Befehl signiert sein muss, signieren Sie ihn mit dem Schlüssel, den die
            Liste von Ihnen hat.

            Die Menschen, die die Liste leiten, erreichen Sie unter {owner}.
            """
    )

    static let info = TextTemplate(
        subject: "Über {list}",
        body: """
            {list} ist eine Mailingliste für verschlüsselte Mails. Ihr öffentlicher Schlüssel
            hängt an:

              {fingerprint}

            So werden Sie Mitglied: {policy}.
            Zum Beginn schicken Sie eine Mail mit dem Betreff „subscribe“ an {request}.

            Die Menschen, die die Liste leiten, erreichen Sie unter {owner}.
            """
    )

    static let who = TextTemplate(
        subject: "Mitglieder von {list}: {count}",
        body: """
            Das sind die Mitglieder von {list}:

            {people}
            """
    )

    static let delivery = TextTemplate(
        subject: "Zustellung von Beiträgen: {state}",
        body: """
            Die Zustellung von Beiträgen der Liste {list} an Sie ist jetzt {state}.

            Um das zu ändern, schicken Sie eine signierte Mail an {request} mit dem Text
            „set delivery on“ oder „set delivery off“.
            """
    )

    static let failed = TextTemplate(
        subject: "Nicht ausgeführt: {command}",
        body: """
            Die Liste {list} hat Ihren Befehl „{command}“ nicht ausgeführt:

              {reason}.

            Hilfe erhalten Sie mit einer Mail mit dem Betreff „help“ an {request}.
            """
    )
}
