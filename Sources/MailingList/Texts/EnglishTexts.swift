/// The list's texts in English.
enum EnglishTexts {
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
                Somebody, probably you, asked to subscribe this address to {list}.

                To go on, answer this mail and attach your public OpenPGP key. Leave the
                Subject as it is. Most mail programs attach it by "Attach my public key".

                If it was not you, do nothing: nothing happens then.
                The list's own key is attached. This invitation ends {expires}.
                """
            )
        case .keyConfirm:
            (
                "key confirm",
                """
                The list {list} has received your key:

                  {fingerprint}

                To prove that it is yours, answer this mail, SIGNED with that key. The lines
                below must stay in your answer; your mail program may quote and wrap them.

                {statement}

                If you did not send this key, do nothing.
                """
            )
        case .keyChangeConfirm:
            (
                "key confirm",
                """
                You asked {list} to let another key take the place of your present one.

                  new key: {fingerprint}
                  old key: {old-fingerprint}

                To agree, answer this mail, SIGNED with your OLD key. The lines below must
                stay in your answer; your mail program may quote and wrap them.

                {statement}

                If you did not ask for this, do nothing, and tell {owner}.
                """
            )
        case .confirmAddress:
            (
                "confirm {token}",
                """
                Somebody, probably you, asked to subscribe this address to {list}.

                To go on, answer this mail, and leave the Subject as it is.
                If it was not you, do nothing: nothing happens then.
                """
            )
        case .confirmLeave:
            (
                "confirm {token}",
                """
                Somebody, probably you, asked to unsubscribe this address from {list}.

                To leave, answer this mail, and leave the Subject as it is.
                If it was not you, do nothing: nothing happens then.
                """
            )
        case .moderate:
            (
                "{action} of {address}",
                """
                {address} waits for an owner or a moderator of {list} to decide: {action}.

                  key:                      {fingerprint}
                  in the place of:          {old-fingerprint}
                  a name in it is hers:     {match}
                  names in the key:
                {user-ids}

                What she has done so far: {done}.
                key-set or verify-address means that she reads mail to this address, key-confirm
                that the key is hers. Whether she is who you think, only you can know: compare
                the fingerprint with her by telephone or in person.

                If nobody decides before {expires}, it ends.

                Answer this mail, signed with your key, with one of these as the first line:

                accept {token}
                reject {token} a reason that she is told
                """
            )
        case .rejected:
            (
                "{action}: not accepted",
                "The owners of {list} did not accept: {action}.\n\n{reason}\n"
            )
        case .welcome:
            (
                "Welcome to {list}",
                """
                You are a subscriber of {list}.

                Write to {list}, encrypted to the list's key and signed with yours
                ({fingerprint}); every subscriber gets a copy, encrypted to her own key.
                Commands go to {request}: 'help' lists them. To leave, send a signed mail
                with 'unsubscribe'.
                """
            )
        case .keyChanged:
            (
                "Your key was changed",
                """
                From now on your key for {list} is

                  {fingerprint}

                It took the place of {old-fingerprint}.
                If this was not you, write to {owner} at once.
                """
            )
        case .keyUpdated:
            (
                "Your key was taken",
                "Your key for {list} is now as you sent it:\n\n  {fingerprint}\n"
            )
        case .goodbye:
            ("You have left {list}", "You are no longer a subscriber of {list}.\n")
        case .help:
            (
                "Help",
                """
                These commands can be sent to {request}, in the Subject or as lines of the text:

                {commands}

                People are at {owner}.
                """
            )
        case .info:
            (
                "About {list}",
                """
                {list} is a list for encrypted mail. Its key is attached:

                  {fingerprint}

                How people subscribe: {policy}. The owners are at {owner}.
                """
            )
        case .listKey:
            ("The key of {list}", "The key of {list} is attached:\n\n  {fingerprint}\n")
        case .held:
            (
                "held: a post by {author}",
                """
                A post to {list} waits for an owner or a moderator.

                  From:        {author}
                  reason:      {reason}
                  seen:        {detail}
                  signatures:  {signatures}
                  octets:      {size}

                It is attached, if it is not too large; nobody has proven more than stands above.
                If nobody decides before {expires}, it is dropped.

                Answer this mail, signed with your key, with one of these as the first line:

                accept {token}
                reject {token} a reason that the author is told, if a signature proves who that is
                discard {token}
                trust {token}

                The last accepts it, and the author's next posts do not wait; only for a
                subscriber whose posts are moderated.
                """
            )
        case .heldLong:
            (
                "{count} posts wait for a decision",
                """
                These posts to {list} have waited for a moderator since days, and are dropped when
                nobody decides:

                {posts}

                The notices of that time have their tokens; on the host:

                  listseal held list {list}
                """
            )
        case .keyExpires:
            (
                "Your key expires soon",
                """
                Your key can be encrypted to until {expires}:

                  {fingerprint}

                After that {list} has no mails for you any more, because nothing is ever sent in
                clear. Prolong it, and send the prolonged key to {request} with the Subject

                  key update

                In a shell: gpg --quick-set-expire {fingerprint} 2y, the same with '*' behind it
                for the subkeys, then attach what gpg --armor --export {fingerprint} prints.
                """
            )
        case .keysExpire:
            (
                "{count} keys expire soon",
                """
                These keys of {list} can soon not be encrypted to any more. Their owners have been
                told, sealed; copies stop when it comes to that:

                {keys}
                """
            )
        case .bounces:
            (
                "Your copies have stopped",
                """
                Since {since} {list} has sent you no posts: those before came back from your mail
                server, on several days. To have later ones again, send a mail to {request},
                signed with your key, with these two lines:

                  set delivery on
                  list: {list}

                Posts of the time between do not come any more; another subscriber has them.
                """
            )
        case .bouncesOwners:
            (
                "Copies of {count} people have stopped",
                """
                Copies of posts to {list} came back on so many days that these people get no more
                of them. They stay subscribed, and are told in a week:

                {people}

                'listseal subscriber show' tells why, 'listseal subscriber resume' begins again.
                """
            )
        case .keyRotated:
            (
                "{list} has a new key",
                """
                The key of {list} is replaced:

                  new key: {fingerprint}
                  old key: {old-fingerprint}

                The old key has signed this mail, and the new one is attached: take it into your
                mail program, and encrypt to it from now on. Mail that is encrypted to the old key
                is still read until {expires}.
                """
            )
        case .renamed:
            (
                "{old-address} is {list} now",
                """
                The list {old-address} has another address:

                  {list}

                Mail to the old address still comes here. The list's key is the same as before, \
                and names the new address too; it is attached, for mail programs that look for an \
                address in it.
                """
            )
        case .keyRevoked:
            (
                "The key of {list} is revoked",
                """
                The key of {list} is revoked: somebody else may have it.

                  revoked: {old-fingerprint}
                  new key: {fingerprint}

                Do not encrypt to the old key any more, and do not believe what it signs from now
                on. Mail that is encrypted to it is refused. Whoever has it, and mails of the list
                from before, may read those.

                The new key has signed this mail; that it is the list's you must learn in another
                way: compare its fingerprint with an owner, by telephone or in person. The old key
                is attached with its revocation; the new one comes with 'key receive' to
                {request}.
                """
            )
        case .keyBound:
            (
                "A key for {address}",
                """
                {by} has bound a key to an address outside {list}:

                  {address}
                  {fingerprint}

                What is sent on to this address is encrypted to this key from now on. Compare the
                fingerprint with its owner if you can. 'key remove {address}' takes it back.
                """
            )
        case .keyUnbound:
            (
                "No key for {address}",
                """
                {by} has taken back the key of an address outside {list}:

                  {address}
                  {fingerprint}

                Nothing is sent on to this address encrypted any more.
                """
            )
        case .settingChanged:
            (
                "{list}: {name}",
                """
                {by} has changed a setting of {list}:

                  {name} was {old-value}
                  {name} is  {value}
                """
            )
        case .ownersNotice:
            (
                "{action} of {address}",
                """
                On {list} this is done, and needs nothing of you:

                  {action} of {address}
                  key: {fingerprint}

                'set notify_owners_of' says what you are told of.
                """
            )
        case .unsent:
            (
                "{count} mails did not go out",
                """
                Posts of {list} were to go on to these people outside, and did not:

                {people}

                Their copies here say that they were sent. Write again when the reason is gone.
                """
            )
        case .dropped:
            (
                "Dropped messages: {count}",
                """
                Messages to {list} that were refused since the last such report, where only a \
                bounce could have told their senders: {count}. None was sent, since it might have \
                reached somebody who never wrote.

                The log of the daemon has a line for each, with its queue id; the administrator \
                learns the reason with 'listseal log QUEUEID'.
                """
            )
        case .postRejected:
            (
                "Your post was not accepted",
                "The moderators of {list} did not accept your post.\n\n{reason}\n"
            )
        case .keySigned:
            (
                "Your certification is published",
                """
                The list {list} publishes your certification of its key from now on:

                  {fingerprint}

                The key with it is attached.
                """
            )
        case .alreadySubscribed:
            (
                "You are a subscriber",
                """
                Somebody, probably you, asked to subscribe this address to {list}.
                You are a subscriber already; nothing was changed.
                """
            )
        case .keyRefused:
            (
                "key set {token}",
                """
                The list {list} cannot take the key that came with your answer:

                  {reason}

                Answer this mail once more, with another key attached. Leave the Subject as it is.
                """
            )
        case .keyEnded:
            (
                "Your key has ended",
                """
                The key {fingerprint} has been revoked or has expired.

                You get no copies from {list} until another one is confirmed: a mail that
                asks for it follows, or ask {owner}.
                """
            )
        case .keyEndedOwners:
            (
                "A subscriber's key has ended",
                "{address} has sent the end of her key {fingerprint}. She gets no copies until "
                    + "another one is confirmed.\n"
            )
        case .decided:
            ("Decided", "Your decision counts: {action} of {address} is {decision}.\n")
        case .who:
            ("Subscribers of {list}", "{list} has {count} subscribers:\n\n{people}\n")
        case .subscriberKey:
            (
                "The key of {address}",
                "The key that {address} has proven to {list} is attached:\n\n  {fingerprint}\n"
            )
        case .delivery:
            ("Delivery {state}", "Copies of posts to {list}: {state}.\n")
        case .failed:
            (
                "Not done: {command}",
                "The list {list} could not do what you asked for ({command}):\n\n  {reason}\n"
            )
        }
    }
}
