import OpenPGP

/// What stands in the configuration files of our GnuPG homes, and why.
enum GnuPGHomeFiles {
    /// gpg.conf of a list's home, where its secret key is.
    ///
    /// - `no-autostart`: an agent that gpg starts would inherit the limits of the
    ///   wrapper and die in the midst of somebody's message. We start it.
    /// - `cipher-algo`: a list key that prefers CAST5 would seal with CAST5.
    /// - `compress-level 0`: no length oracle, and seven times faster.
    /// - `weak-digest`: neither SHAttered twins nor RIPEMD-160 are good signatures.
    /// - `lock-never`, `no-random-seed-file`: nothing is written while mail is
    ///   processed, so operations do not wait for each other.
    static let listConfiguration =
        common + """
            cipher-algo AES256
            digest-algo SHA256
            cert-digest-algo SHA256
            compress-level 0
            weak-digest SHA1
            weak-digest RIPEMD160

            """

    /// gpg.conf while a list's key is imported: an old key's self-signatures are
    /// made anew with SHA-256, and so must be believed once.
    static let importConfiguration =
        common + """
            cipher-algo AES256
            digest-algo SHA256
            cert-digest-algo SHA256
            compress-level 0
            weak-digest MD5

            """

    /// gpg.conf of a home with one subscriber's certificate.
    static let certificateConfiguration =
        common + """
            cipher-algo AES256
            compress-level 0
            weak-digest SHA1
            weak-digest RIPEMD160

            """

    /// gpg-agent.conf of a list's home.
    ///
    /// - `auto-expand-secmem`: without it 9 of 50 parallel RSA-4096 decryptions
    ///   fail with "Cannot allocate memory".
    /// - `no-allow-external-cache`, `pinentry-program`: nobody is ever asked for a
    ///   passphrase, and no desktop offers one.
    static let agentConfiguration = """
        auto-expand-secmem 0x100000
        no-allow-external-cache
        disable-scdaemon
        pinentry-program /bin/false

        """

    // `trust-model always`: which key is whose is our store's business, and no
    // trust database is written. `no-encrypt-to`: nobody but the recipient reads.
    private static let common = """
        batch
        no-tty
        no-greeting
        no-autostart
        no-random-seed-file
        lock-never
        trust-model always
        no-auto-check-trustdb
        no-auto-key-retrieve
        no-auto-key-locate
        disable-dirmngr
        no-encrypt-to
        no-emit-version
        no-comments
        import-options self-sigs-only,import-clean

        """
}
