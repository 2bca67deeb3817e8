extension EnglishTexts {
    static let keyChanged = TextTemplate(
        subject: "Your key for {list} is changed",
        body: """
            {list} now uses this key for you:

              {fingerprint}

            It replaces this key:

              {old-fingerprint}

            If you did not ask for this, write to {owner} at once.
            """
    )

    static let keyUpdated = TextTemplate(
        subject: "Your key is updated",
        body: """
            {list} now uses this key for you:

              {fingerprint}

            If you did not ask for this, write to {owner} at once.
            """
    )

    static let keyRefused = TextTemplate(
        subject: "key set {token}",
        body: """
            The list {list} does not accept the key that you sent:

              {reason}.

            Answer this mail once more, and attach another public key. Do not change the
            subject.
            """
    )

    static let keyEnded = TextTemplate(
        subject: "Your key can no longer be used",
        body: """
            The list {list} can no longer use your key. It is revoked or has expired:

              {fingerprint}

            You receive no posts until you have confirmed another key. The list asks you for
            it in another mail. If you do not receive that mail, write to {owner}.
            """
    )

    static let keyEndedOwners = TextTemplate(
        subject: "{address} has revoked their key",
        body: """
            {address} has revoked their key for {list}:

              {fingerprint}

            They receive no posts until they have confirmed another key. The list has asked
            them for it. You do not need to do anything now.
            """
    )

    static let keyExpires = TextTemplate(
        subject: "Your key expires soon",
        body: """
            Your key for {list} expires on {expires}:

              {fingerprint}

            After that you receive no posts, because the list never sends them unencrypted
            for want of a key. To receive posts without a break:

            1. Extend the key. In Thunderbird: menu "Tools", "OpenPGP Key Manager", select
               your key, then "Edit", "Change Expiration Date".
            2. Send a mail to {request} with the subject "key update", and attach
               your public key.
            3. Answer the mail that the list sends you.

            If you use GnuPG in a shell instead of step 1:

              gpg --quick-set-expire {fingerprint} 2y
              gpg --quick-set-expire {fingerprint} 2y '*'
              gpg --armor --export {fingerprint}
            """
    )

    static let keysExpire = TextTemplate(
        subject: "Keys that expire soon: {count}",
        body: """
            The keys of these subscribers of {list} expire soon. After that, they receive no
            posts:

            {keys}

            The list has told each of them how to extend the key. You do not need to do
            anything now.
            """
    )

    static let unusableKeys = TextTemplate(
        subject: "Subscribers who receive no posts: {count}",
        body: """
            The list {list} cannot encrypt to these subscribers. They receive no posts:

            {people}

            Ask them for a new or extended key. They send it to {request} with the
            subject "key update". Or the administrator of the server runs:

              listseal subscriber set-key {list} ADDRESS FILE
            """
    )

    static let keyRotated = TextTemplate(
        subject: "{list} has a new key",
        body: """
            The mailing list {list} has a new key:

              new key: {fingerprint}
              old key: {old-fingerprint}

            The old key has signed this mail. The new key is attached.

            Import the new key into your mail program, and encrypt with it from now on. In
            Thunderbird: click the attached key, then "Import". The list reads mail that is
            encrypted with the old key until {expires}.
            """
    )

    static let keyRevoked = TextTemplate(
        subject: "The key of {list} is revoked",
        body: """
            The key of the mailing list {list} is revoked. Somebody else may have it:

              revoked: {old-fingerprint}
              new key: {fingerprint}

            Whoever has the old key and earlier mails of the list can read those mails. Do not
            trust anything that the old key signs from now on. The list refuses mail that is
            encrypted with it.

            What to do now:

            1. Import the attached file into your mail program. It marks the old key as
               revoked.
            2. Send a mail with the subject "key receive" to {request}. You receive the
               new key.
            3. Compare the fingerprint of the new key with an owner of the list, by telephone
               or in person. This mail alone does not prove that the new key is genuine.
            """
    )

    static let renamed = TextTemplate(
        subject: "{old-address} is now {list}",
        body: """
            The mailing list {old-address} has a new address:

              {list}

            The list still receives mail to the old address. Its key is the same. The key now
            names the new address too, and is attached.

            Import the attached key, so that your mail program finds it for the new address.
            """
    )

    static let keySigned = TextTemplate(
        subject: "Your certification is published",
        body: """
            The list {list} now publishes your certification of its key:

              {fingerprint}

            The key with your certification is attached. You do not need to do anything.
            """
    )

    static let listKey = TextTemplate(
        subject: "The key of {list}",
        body: """
            The public key of the mailing list {list} is attached:

              {fingerprint}

            Import it into your mail program. In Thunderbird: click the attached key, then
            "Import". To be sure that it is genuine, compare the fingerprint with an owner:
            {owner}.
            """
    )

    static let subscriberKey = TextTemplate(
        subject: "The key of {address}",
        body: """
            The public key of {address}, as confirmed on {list}, is attached:

              {fingerprint}

            Import it into your mail program if you want to write to them encrypted.
            """
    )
}
