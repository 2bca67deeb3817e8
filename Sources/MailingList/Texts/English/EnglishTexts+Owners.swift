extension EnglishTexts {
    static let bounces = TextTemplate(
        subject: "You receive no more posts from {list}",
        body: """
            {list} has sent you no posts since {since}. On several days, your mail server
            did not accept them.

            To receive posts again, send a mail to {request}. Sign it with your key, and
            write these two lines as its text:

              set delivery on
              list: {list}

            The list does not send the posts that you have missed. Ask another subscriber
            for them.
            """
    )

    static let bouncesOwners = TextTemplate(
        subject: "Subscribers who receive no more posts: {count}",
        body: """
            The list {list} has stopped sending posts to these subscribers. On several days,
            their mail servers did not accept them:

            {people}

            Behind each address stands the answer of the mail server. They stay subscribed,
            and the list tells them in a week. When the problem is solved, they can turn
            delivery on again. Or the administrator of the server runs:

              listseal subscriber resume {list} ADDRESS
            """
    )

    static let unsent = TextTemplate(
        subject: "Forwarded mails that were not delivered: {count}",
        body: """
            A post of {list} was to be forwarded to these people outside the list. They did
            not receive it, although the subscribers' copies say that it was sent to them:

            {people}

            Behind each address stands the reason. Forward the post again when the problem
            is solved.
            """
    )

    static let missedCopies = TextTemplate(
        subject: "Copies that did not reach subscribers: {count}",
        body: """
            These subscribers of {list} did not receive a copy of a post, because a mail server
            refused the copy for good:

            {people}

            Each line shows the subscriber, the Message-ID of the post if it is known, and what
            the server replied.

            The list sends these subscribers the next posts as before. If a line says "waiting",
            the server of the list still has the copy. Ask its administrator to send it again
            when the reason is gone:

              listseal queue show
              listseal queue retry

            The copies without that word are not sent again.
            """
    )

    static let dropped = TextTemplate(
        subject: "Dropped messages: {count}",
        body: """
            Since the last report, the list {list} has refused and dropped messages whose
            authors it could not tell. Their number: {count}. A notice might have reached
            somebody who did not write the message.

            You do not need to do anything. If somebody misses a message, the administrator
            of the server finds it in the log, and its reason with:

              listseal log QUEUEID
            """
    )

    static let ownersNotice = TextTemplate(
        subject: "{list}: {address} {did}",
        body: """
            {address} {did}.

              list: {list}
              key:  {fingerprint}

            You do not need to do anything. To choose what the list tells you, send the
            command "set notify_owners_of" to {request}.
            """
    )

    static let settingChanged = TextTemplate(
        subject: "{list}: setting {name} changed",
        body: """
            {by} has changed a setting of {list}:

              {name}
              before: {old-value}
              now:    {value}

            If this was a mistake, an owner can change it back with the command "set".
            """
    )

    static let keyBound = TextTemplate(
        subject: "A key for {address}",
        body: """
            {by} has set a key for an address outside the list {list}:

              {address}
              {fingerprint}

            Posts that are forwarded to this address are encrypted with this key from now on.
            Compare the fingerprint with the person if you can. An owner can remove the key
            with the command "key remove {address}".
            """
    )

    static let keyUnbound = TextTemplate(
        subject: "No key for {address}",
        body: """
            {by} has removed the key of an address outside the list {list}:

              {address}
              {fingerprint}

            Posts can no longer be forwarded to this address encrypted. An owner can set
            another key with the command "key add {address}".
            """
    )

    static let ownerMail = TextTemplate(
        subject: "[{proven-author}] Mail to {role-address}",
        body: """
            This mail was sent to {role-address}.

            From: {author} ({proof})
            Encryption: {encryption}
            """
    )

    static let summons = TextTemplate(
        subject: "{list} needs your key",
        body: """
            The list {list} has a message for you as an owner. It cannot send you the
            message, because it has no key of yours that it can encrypt to.

            Ask the administrator of the server to run 'listseal status', and to give the list
            your key with 'listseal subscriber set-key'.
            """
    )
}
