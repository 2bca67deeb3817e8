import OpenPGP

/// The configuration files of our GnuPG homes, with the reason for each option.
enum GnuPGHomeFiles {
    /// gpg.conf of the home with a list's secret key.
    ///
    /// - `no-autostart`: an agent started by gpg would inherit the limits of the wrapper and
    ///   be killed while it processes another message. We start the agent ourselves.
    /// - `cipher-algo`: a list key that prefers CAST5 would otherwise encrypt with CAST5.
    /// - `compress-level 0`: the length reveals nothing about the text, and it is seven times
    ///   faster.
    /// - `weak-digest`: signatures with SHA-1 (SHAttered collisions) or RIPEMD-160 are not good.
    /// - `lock-never`, `no-random-seed-file`: gpg writes no file while it processes mail, so
    ///   operations do not wait for each other.
    static let listConfiguration =
        common + """
            cipher-algo AES256
            digest-algo SHA256
            cert-digest-algo SHA256
            compress-level 0
            weak-digest SHA1
            weak-digest RIPEMD160

            """

    /// gpg.conf during the import of a list's key.
    ///
    /// SHA-1 is accepted here, because the self-signatures of an old key must be valid until
    /// they are replaced by SHA-256 signatures.
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

    /// gpg-agent.conf of the home with a list's secret key.
    ///
    /// - `auto-expand-secmem`: without it 9 of 50 parallel RSA-4096 decryptions fail with
    ///   "Cannot allocate memory".
    /// - `no-allow-external-cache`, `pinentry-program`: the agent never asks anybody for a
    ///   passphrase and never gets one from a desktop.
    static let agentConfiguration = """
        auto-expand-secmem 0x100000
        no-allow-external-cache
        disable-scdaemon
        pinentry-program /bin/false

        """

    // `trust-model always`: our store knows which key belongs to whom, so no trust database is
    // written. `no-encrypt-to`: gpg encrypts to the recipient only.
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
