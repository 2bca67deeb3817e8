extension EnglishTexts {
    static let moderate = TextTemplate(
        subject: "{address} {asks} {list}",
        body: """
            {address} {asks} {list}. An owner or a moderator must decide.

              Key:                         {fingerprint}
              It replaces this key:        {old-fingerprint}
              The key names this address:  {match}
              Names in the key:
            {user-ids}

            {done}
            Only you can know who this person is. Compare the fingerprint with them by
            telephone or in person.

            To decide, answer this mail, sign your answer with your key, and write one of
            these lines at the top of your answer:

            accept {token}
            reject {token} REASON

            The person reads the REASON. If nobody decides, the request ends on
            {expires}.
            """
    )

    static let held = TextTemplate(
        subject: "[{proven-author}] A post waits for a decision",
        body: """
            A post to {list} waits. An owner or a moderator must decide.

              From:        {author}
              Subject:     {subject}
              Problem:     {reason}
              Signatures:  {signatures}
              Size:        {size}

            Nothing else about the author is verified. The post is attached, unless it is
            larger than 2 MB.

            To decide, answer this mail, sign your answer with your key, and write one of
            these lines at the top of your answer:

            accept {token}
            reject {token} REASON
            discard {token}
            trust {token}

            - "accept": all subscribers receive the post.
            - "reject": nobody receives the post. The author reads the REASON, if a signature
              proves who the author is.
            - "discard": nobody receives the post, and the author is not told.
            - "trust": all subscribers receive the post, and the author's next posts do not
              wait. This works only for a subscriber whose posts are moderated.

            If nobody decides, the list drops the post on {expires}.
            """
    )

    static let heldLong = TextTemplate(
        subject: "Posts that wait for a decision: {count}",
        body: """
            These posts to {list} still wait. If nobody decides, the list drops them:

            {posts}

            To decide, look for the mail that you received about each post, and answer it. If
            you do not have that mail, ask the administrator of the server to run:

              listseal held list {list}
            """
    )

    static let postRejected = TextTemplate(
        subject: "Your post to {list} was rejected",
        body: """
            The moderators of {list} rejected your post. Nobody received it.

            Reason: {reason}

            If you have questions, write to {owner}.
            """
    )

    static let decided = TextTemplate(
        subject: "Your decision: {decision}",
        body: """
            Your decision on this is carried out: {decision}

              {address} {asks} {list}

            You do not need to do anything.
            """
    )
}
