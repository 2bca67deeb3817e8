extension EnglishTexts {
    static let help = TextTemplate(
        subject: "Help for {list}",
        body: """
            You can send these commands to {request}, in the subject or as lines of the
            text:

            {commands}

            TOKEN is the word of 26 letters and digits in the mail that you answer. Where a
            command must be signed, sign it with the key that the list has for you.

            To reach the people who run the list, write to {owner}.
            """
    )

    static let info = TextTemplate(
        subject: "About {list}",
        body: """
            {list} is a mailing list for encrypted mail. Its public key is attached:

              {fingerprint}

            How to join: {policy}.
            To begin, send a mail with the subject "subscribe" to {request}.

            To reach the people who run the list, write to {owner}.
            """
    )

    static let who = TextTemplate(
        subject: "Subscribers of {list}: {count}",
        body: """
            These are the subscribers of {list}:

            {people}
            """
    )

    static let delivery = TextTemplate(
        subject: "Delivery of posts: {state}",
        body: """
            Delivery of posts from {list} to you is now {state}.

            To change this, send a signed mail to {request} with the text
            "set delivery on" or "set delivery off".
            """
    )

    static let failed = TextTemplate(
        subject: "Not done: {command}",
        body: """
            The list {list} did not carry out your command "{command}":

              {reason}.

            For help, send a mail with the subject "help" to {request}.
            """
    )
}
