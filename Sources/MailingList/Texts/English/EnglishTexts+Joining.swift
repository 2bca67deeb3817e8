extension EnglishTexts {
    static let keySet = TextTemplate(
        subject: "key set {token}",
        body: """
            {request-reason}:

              {list}

            To go on, send the list your public OpenPGP key:

            1. Click "Reply" in your mail program. Do not change the subject.
            2. Attach your public key. In Thunderbird: menu "OpenPGP", then
               "Attach My Public Key".
            3. Send the mail. The list answers with the next step.

            If you have no key yet, create one first. In Thunderbird: "Account Settings",
            "End-to-End Encryption", "Add Key".

            You can answer this mail until {expires}.
            The public key of the list is attached.

            If this was not you, do nothing. Then nothing happens.
            """
    )

    static let keyConfirm = TextTemplate(
        subject: "key confirm",
        body: """
            The list {list} has received your key:

              {fingerprint}

            Now show that this key is yours. Answer this mail, and sign your answer:

            1. Click "Reply".
            2. Make sure that your mail program signs the mail with this key. In
               Thunderbird: menu "OpenPGP", tick "Digitally Sign".
            3. Leave the lines below in your answer. Your mail program may quote
               and wrap them.
            4. Send the mail.

            {statement}

            If you did not send this key, do nothing. Then nothing happens.
            """
    )

    static let keyChangeConfirm = TextTemplate(
        subject: "key confirm",
        body: """
            You asked the list {list} to replace your key:

              new key: {fingerprint}
              old key: {old-fingerprint}

            To agree, answer this mail, and sign your answer with your OLD key. Leave the
            lines below in your answer. Your mail program may quote and wrap them.

            {statement}

            If you did not ask for this, do not answer. Write to {owner} at once.
            """
    )

    static let confirmAddress = TextTemplate(
        subject: "confirm {token}",
        body: """
            Somebody, probably you, asked to join the mailing list {list}
            with your address.

            To go on, click "Reply" and send the mail. Do not change the subject.

            If this was not you, do nothing. Then nothing happens.
            """
    )

    static let confirmLeave = TextTemplate(
        subject: "confirm {token}",
        body: """
            Somebody, probably you, asked to remove your address from the mailing list
            {list}.

            To leave the list, click "Reply" and send the mail. Do not change the subject.

            If this was not you, do nothing. Then you stay subscribed.
            """
    )

    static let rejected = TextTemplate(
        subject: "Your request to {list} was declined",
        body: """
            You asked {wish} {list}. The list declined this request.

            Reason: {reason}

            Nothing has changed. If you have questions, write to {owner}.
            """
    )

    static let welcome = TextTemplate(
        subject: "Welcome to {list}",
        body: """
            You are now a subscriber of {list}.

            To write to all subscribers, send a mail to {list}. Encrypt it with the
            list's key, and sign it with your key:

              {fingerprint}

            Every subscriber receives a copy that is encrypted with their own key.

            To leave the list, send a mail with the subject "unsubscribe" to {request}.
            To see all commands, send a mail with the subject "help" to the same address.
            """
    )

    static let alreadySubscribed = TextTemplate(
        subject: "You are already a subscriber of {list}",
        body: """
            Somebody, probably you, asked to join the mailing list {list}
            with your address. You are already a subscriber. Nothing has changed.

            You do not need to do anything.
            """
    )

    static let goodbye = TextTemplate(
        subject: "You have left {list}",
        body: """
            You are no longer a subscriber of {list}. You receive no more posts.

            You do not need to do anything. If you did not ask for this, write to {owner}.
            """
    )
}
