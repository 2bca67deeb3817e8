import OpenPGP

/// English words for what speaks against posts, keys and commands.
extension EnglishWords {
    static func objection(_ refusal: Refusal) -> String {
        switch refusal {
        case .loop: "it has been on this list before"
        case .tooLarge: "it is too large"
        case .malformed: "mail programs may read it differently"
        case .notEncrypted: "it was not encrypted"
        case .inline: "it was encrypted in the text (inline PGP) instead of as a whole (PGP/MIME)"
        case .notDecryptable: "the list's key could not open it"
        case .malformedInside: "mail programs may read its encrypted content differently"
        case .unsigned: "it was not signed"
        case .notSubscribed: "the author is not subscribed"
        case .fromMismatch: "it names different authors outside and inside"
        case .foreignSignature: "it was signed with another key than the author's"
        case .invalidSignature: "its signature is not valid"
        case .expiredSignature: "its signature or the author's key has expired"
        case .revokedSignature: "it was signed with a revoked key"
        case .staleSignature: "the date of its signature is too old or in the future"
        case .addressedElsewhere: "it was written to somebody else"
        case .replay: "it was posted before"
        case .notAllowed: "only owners may post"
        case .moderated: "the author's posts are moderated"
        case .emergency: "all posts are moderated at present"
        case .spam: "a filter marked it as spam"
        case .copyTooLarge: "its copies would be too large"
        case .tooOften: "the author has reached the number of posts for one day"
        case .unknownAddress: "the address does not exist"
        case .automatic: "a program sent it as an automatic reply"
        case .commandRefused: "it has no command that the list accepts"
        }
    }

    static func certificate(_ refusal: CertificateRefusal) -> String {
        switch refusal {
        case .malformed: "The attached file is not one OpenPGP public key that the list can read"
        case .secretKey:
            "You sent your SECRET key. Other people may have it now. Make a new key, and send\n"
                + "  only its public part"
        case .revoked: "The key is revoked"
        case .expired: "The key has expired. Extend it and send it again"
        case .weakKey: "The key is too weak. Use Curve25519, or RSA with 2048 to 8192 bits"
        case .noValidSelfSignature:
            "The key is signed in an outdated way (SHA-1). Renew it or make a new one"
        case .unboundSubkey:
            "A subkey is not signed by the key, or in an outdated way (SHA-1). Renew the key"
        case .cannotEncrypt: "Nobody can encrypt to this key. It needs a valid subkey for that"
        case .cannotSign: "This key cannot sign. It needs a valid part for that"
        }
    }

    static func certification(_ refusal: CertificationRefusal) -> String {
        switch refusal {
        case .malformed: "The attached file is not a key that the list can read"
        case .otherKey: "The attached key is not the key of this list"
        case .none: "Your key has not certified the attached key. Certify it, and send it again"
        case .tooMany: "The attached key has too many certifications, or too large ones"
        case .invalid: "A certification in the attached key is not valid"
        }
    }

    static func problem(_ problem: CommandProblem) -> String {
        switch problem {
        case .words(let text): text
        case .notBound(let list):
            "Your signature does not say for which list this mail is. Send it again with the\n"
                + "  line \"list: \(list)\" below the command"
        case .subjectNotSigned:
            "Your signature does not cover the subject. Write the command into the text"
        case .needsOwnMail: "Send this command in a mail of its own"
        case .notAnAddress: "This is not a mail address"
        case .keyNotSigned: "Your signature does not cover the attached key"
        case .noKey: "There was no public key attached to your mail"
        case .severalKeys(let count): "There were \(count) keys attached. Attach exactly one"
        case .badKey(let refusal): certificate(refusal)
        case .noContactKey: "The list has no key for this address"
        case .changePending:
            "You have asked for this already. Answer the mail that the list sent you, or wait\n"
                + "  until it is no longer valid"
        case .sameKey: "This is the key that the list has. To update it, use \"key update\""
        case .keyOfAnother: "This key belongs to another address on the list"
        case .hasOtherKey: "The list has another key for this address by now"
        case .keyMissing: "There is no key to confirm"
        case .unknownAddress: "Nobody with this address has a key on the list"
        case .noRevocation: "Your mail contains no revocation of your key"
        case .noNewerKey: "Your mail contains no newer copy of your key"
        case .noListKey: "Attach the key of the list, and no other"
        case .badCertification(let refusal): certification(refusal)
        case .onOrOff: "Write \"set delivery on\" or \"set delivery off\""
        case .nothingWaits: "Nothing waits for this decision any more. Somebody may have decided"
        case .noContent: "The message has no content that the list could send to anybody"
        case .refused(let refusal): "The list cannot distribute the post: \(objection(refusal))"
        case .changedPost(let id):
            "Somebody has changed the stored post \(id). Tell the administrator of the server"
        case .unknownSetting(let name):
            "There is no setting \"\(name)\". These exist:\n  "
                + ListSettings.table.map(\.name).joined(separator: ",\n  ")
        case .programOnHost:
            "Only the administrator can set a program, with 'listseal list set' on the server"
        case .onHost(let name):
            "Only the administrator can change \(name), with 'listseal list set' on the server"
        case .pauseOnHost:
            "Only the administrator can pause a list, with 'listseal list pause' on the server"
        case .notAValue(let value, let name, let type):
            "The setting \(name) cannot be \"\(value)\". It accepts: \(self.type(type))"
        case .conflict(let conflict): self.conflict(conflict)
        }
    }

    static func conflict(_ conflict: SettingConflict) -> String {
        switch conflict {
        case .originalWithoutDomains:
            "from=original needs at least one domain in original_domains. The administrator sets "
                + "it with 'listseal list set LIST original_domains DOMAIN'. Change from first "
                + "if you want to remove the last domain"
        case .clearWithoutSignature:
            "encrypt_outgoing=as-received needs sign_outgoing=true. Without a signature, nothing "
                + "tells a reader that a mail in clear is from the list"
        case .preservingWithoutOriginal:
            "preserve_original_sig needs from=original. Mail programs warn about a signature "
                + "that is not by the address in From"
        case .preservingWithMetadata: preserving("metadata", "none")
        case .preservingWithPrefix: preserving("subject_prefix", "\"\"")
        case .preservingWithFooter: preserving("footer", "\"\"")
        case .preservingWithStripping: preserving("strip_original_sig", "false")
        }
    }

    private static func preserving(_ name: String, _ value: String) -> String {
        "preserve_original_sig does not allow any change of a post. \(name) would change it: set "
            + "it to \(value) first"
    }

    static func type(_ type: SettingType) -> String {
        switch type {
        case .text(let maximum, let hasLines):
            "text of at most \(maximum) characters" + (hasLines ? "; \\n starts a new line" : "")
        case .flag: "true or false"
        case .choice(let words): "one of: \(words.joined(separator: ", "))"
        case .number(let unit, let range):
            "number of \(Self.unit(unit)), \(range.lowerBound) to \(range.upperBound)"
        case .words(let words, let hasAll):
            (hasAll ? "all, none, " : "none, ")
                + "or some of these, separated by commas: \(words.joined(separator: ", "))"
        case .domains(let maximum):
            "none, or at most \(maximum) domains, separated by commas; only on the server"
        case .subscriptionSteps:
            "one of: open, confirm, moderate, confirm-moderate, closed; or steps, separated by "
                + "commas: verify-address, key-set, key-confirm, moderate, exec:PROGRAM"
        case .keyChangeSteps:
            "key-confirm; before or after it, separated by commas: moderate, exec:PROGRAM"
        case .leaveSteps:
            "verify-address; after it, separated by commas: moderate, exec:PROGRAM"
        }
    }

    private static func unit(_ unit: SettingType.Unit) -> String {
        switch unit {
        case .bytes: "bytes"
        case .seconds: "seconds"
        case .days: "days"
        case .posts: "posts"
        }
    }
}
