import SMTP

extension ListSettings {
    /// The settings about copies.
    static let copySettings: [SettingDescription] = [
        SettingDescription(
            name: "subject_prefix",
            type: .text(maximum: CopySettings.maximumPrefix, hasLines: false),
            summary: "The text in front of every Subject, once, inside the encryption.",
            example: "[team]",
            advice:
                "Set it if people sort their mail by it. It is never visible outside the encryption.",
            value: { $0.copies.subjectPrefix },
            set: { settings, text in
                guard text.count <= CopySettings.maximumPrefix, text.hasNoControls else {
                    return false
                }
                settings.copies.subjectPrefix = text.trimmed
                return true
            }
        ),
        flag(
            "author_in_subject",
            \.copies.namesAuthorInSubject,
            summary:
                "Whether every Subject begins with the proven author's address in brackets, or with words that say that the author is not verified.",
            example: "false",
            advice:
                "Leave it on: nothing that a post contains can hide or imitate it. A copy that keeps the author's own signature has no such prefix."
        ),
        choice(
            "html_parts",
            \.copies.htmlParts,
            summary:
                "What copies do with HTML and attached messages: attach them as files beside a plain text, keep them as they are, or drop the HTML.",
            example: "drop",
            advice:
                "Set it to keep only if all authors are trusted: mail programs show HTML together with the list's own lines, and HTML can hide those. If a post has only HTML, the list makes a plain text of it."
        ),
        choice(
            "from",
            \.copies.from,
            summary:
                "The name in From: the author's address and name, with the list's address, inside the encryption; the list alone; or the author's own address, outside too, if original_domains contains its domain.",
            example: "list",
            advice:
                "Set it to list if mail programs should never treat a post as the author's own mail, and to original for preserve_original_sig. With original, servers on the way see who writes."
        ),
        SettingDescription(
            name: "original_domains",
            type: .domains(maximum: CopySettings.maximumDomains),
            summary:
                "The domains whose addresses can stand in From, with from=original.",
            example: "people.example",
            advice:
                "Name domains whose mail this host signs with DKIM. Receivers that check DMARC refuse copies from other domains.",
            value: { settings in
                let domains = settings.copies.originalDomains.sorted()
                return domains.isEmpty ? "none" : domains.joined(separator: ", ")
            },
            set: { settings, text in
                let words =
                    text == "none" ? [] : text.split(separator: ",").map { String($0).trimmed }
                let domains = words.compactMap { EmailAddress("x@\($0)")?.domain.lowercased() }
                guard text == "none" || !words.isEmpty, domains.count == words.count,
                    domains.count <= CopySettings.maximumDomains
                else { return false }
                settings.copies.originalDomains = Set(domains)
                return true
            }
        ),
        flag(
            "preserve_original_sig",
            \.copies.preservesOriginalSignature,
            summary:
                "Whether a copy contains the author's encrypted message unchanged, with a new session key packet for each subscriber.",
            example: "true",
            advice:
                "Set it to true if subscribers should verify each other end to end. It needs from=original, metadata=none, and no prefix or footer. The list seals a post as usual if it cannot keep its form, and the copies say why. Subscribers need the authors' keys: set show_subscribers=true, and use 'key get'. Anybody who sees the author's mail and a copy knows that they are the same post. A Subject that the author's program does not protect is lost."
        ),
        choice(
            "encrypt_outgoing",
            \.copies.encryption,
            summary:
                "Whether posts that arrived in clear are sent encrypted, or in clear and signed by the list.",
            example: "as-received",
            advice:
                "Set it to as-received for public announcements, with nonencrypted_msg_action=ignore: subscribers without a usable key then receive them too. An encrypted post is never sent in clear. But a reply in clear, with the text that it quotes, can be read on the way."
        ),
        flag(
            "sign_outgoing",
            \.copies.isSigned,
            summary: "Whether the list signs the posts that it encrypts.",
            example: "false",
            advice:
                "Set it to false, with strip_original_sig=true, if a copy in the wrong hands should prove nothing. Anybody who has a subscriber's public key can then send them a mail that looks like a copy. Answers, reports and forwarded posts stay signed."
        ),
        choice(
            "reply_to",
            \.copies.replyTo,
            summary:
                "The address in Reply-To of copies. The author's address stands inside the encryption.",
            example: "author",
            advice:
                "Set it to author if replies should go to the author, who may receive them in clear."
        ),
        SettingDescription(
            name: "metadata",
            type: .words(CopySettings.MetadataField.allCases.map(\.rawValue), hasAll: true),
            summary:
                "The facts that copies state, besides the author and the objections to the post.",
            example: "date, signature",
            advice: "Choose fewer if subscribers want less text above each post.",
            value: { settings in
                let fields = CopySettings.MetadataField.allCases
                    .filter(settings.copies.metadata.contains)
                if fields.isEmpty { return "none" }
                return fields.count == CopySettings.MetadataField.allCases.count
                    ? "all" : fields.map(\.rawValue).joined(separator: ", ")
            },
            set: { settings, text in
                switch text {
                case "all": settings.copies.metadata = Set(CopySettings.MetadataField.allCases)
                case "none": settings.copies.metadata = []
                default:
                    let words = text.split(separator: ",").map { String($0).trimmed }
                    let fields = words.compactMap(CopySettings.MetadataField.init)
                    guard !words.isEmpty, fields.count == words.count else { return false }
                    settings.copies.metadata = Set(fields)
                }
                return true
            }
        ),
        choice(
            "metadata_form",
            \.copies.metadataForm,
            summary:
                "Whether copies state these facts in a text in front of the post or in header fields.",
            example: "header",
            advice:
                "Set it to header if programs read them. A line with the author stays in front of the post, because most mail programs do not show header fields to people."
        ),
        footer(
            "footer",
            \.copies.footer,
            summary: "The text below every post, inside the encryption.",
            example: "How to leave: a signed mail to team-leave@lists.example",
            advice: "Set it to remind subscribers which list they read."
        ),
        flag(
            "keep_message_id",
            \.copies.keepsMessageID,
            summary: "Whether copies keep the author's Message-ID.",
            example: "true",
            advice:
                "Set it to true if threads should include mail that was also sent directly. Servers on the way can then see that the two mails are the same."
        ),
        flag(
            "include_autocrypt",
            \.copies.includesAutocrypt,
            summary: "Whether copies carry the list's key in an Autocrypt field.",
            example: "false",
            advice:
                "Set it to false if people receive the key in another way and copies should be small."
        ),
        flag(
            "include_list_headers",
            \.copies.includesListHeaders,
            summary: "Whether copies have List-Id, List-Post and similar fields.",
            example: "false",
            advice:
                "Set it to false if servers on the way should not see these fields. Mail programs then cannot sort by them."
        ),
        flag(
            "strip_original_sig",
            \.copies.stripsOriginalSignature,
            summary:
                "Whether the list removes the author's own signature if it is a part of the message.",
            example: "true",
            advice:
                "Set it to true if a post should not prove to others, years later, who wrote it."
        ),
    ]

    /// The settings about forwarding and the archive.
    static let resending: [SettingDescription] = [
        roles(
            "resend_allowed",
            \.resendAllowed,
            summary: "Who may have the list forward a post to people who are not subscribed.",
            example: "subscriber",
            advice:
                "Set it for a team that writes to outside people. The author puts lines 'X-Resend: ADDRESS' at the top of the post."
        ),
        footer(
            "resend_footer",
            \.resendFooter,
            summary: "The text below a forwarded post.",
            example: "The security team of Example, team@lists.example",
            advice: "Set it if the recipients should learn who writes to them."
        ),
        number(
            "archive",
            \.archiveDays,
            .days,
            in: 0...36_500,
            summary: "How long the list keeps posts, encrypted to its key; 0 keeps none.",
            example: "365",
            advice:
                "Set it if new subscribers should read old posts: 'listseal archive export' writes them. Anybody who has the list's secret key can read them too."
        ),
    ]

    static func roles(
        _ name: String,
        _ path: any (WritableKeyPath<ListSettings, Subscriber.Roles> & Sendable),
        summary: String,
        example: String,
        advice: String
    ) -> SettingDescription {
        SettingDescription(
            name: name,
            type: .words(["subscriber", "owner", "moderator", "nonmember"], hasAll: false),
            summary: summary,
            example: example,
            advice: advice,
            value: { $0[keyPath: path].description },
            set: { settings, text in
                guard let roles = Subscriber.Roles(text) else { return false }
                settings[keyPath: path] = roles
                return true
            }
        )
    }

    static func footer(
        _ name: String,
        _ path: any (WritableKeyPath<ListSettings, String> & Sendable),
        summary: String,
        example: String,
        advice: String
    ) -> SettingDescription {
        SettingDescription(
            name: name,
            type: .text(maximum: CopySettings.maximumFooter, hasLines: true),
            summary: summary,
            example: example,
            advice: advice,
            value: { $0[keyPath: path].replacing("\n", with: "\\n") },
            set: { settings, text in
                let lines = text.replacing("\\n", with: "\n")
                guard lines.count <= CopySettings.maximumFooter,
                    lines.replacing("\n", with: "").hasNoControls
                else { return false }
                settings[keyPath: path] = lines
                return true
            }
        )
    }

    static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
        _ name: String,
        _ path: any (WritableKeyPath<ListSettings, Value> & Sendable),
        summary: String,
        example: String,
        advice: String
    ) -> SettingDescription where Value.RawValue == String {
        SettingDescription(
            name: name,
            type: .choice(Value.allCases.map(\.rawValue)),
            summary: summary,
            example: example,
            advice: advice,
            value: { $0[keyPath: path].rawValue },
            set: { settings, text in
                guard let value = Value(rawValue: text) else { return false }
                settings[keyPath: path] = value
                return true
            }
        )
    }

    static func flag(
        _ name: String,
        _ path: any (WritableKeyPath<ListSettings, Bool> & Sendable),
        summary: String,
        example: String,
        advice: String
    ) -> SettingDescription {
        SettingDescription(
            name: name,
            type: .flag,
            summary: summary,
            example: example,
            advice: advice,
            value: { String($0[keyPath: path]) },
            set: { settings, text in
                guard let value = Bool(text) else { return false }
                settings[keyPath: path] = value
                return true
            }
        )
    }

    static func number(
        _ name: String,
        _ path: any (WritableKeyPath<ListSettings, Int> & Sendable),
        _ unit: SettingType.Unit,
        in range: ClosedRange<Int>,
        summary: String,
        example: String,
        advice: String
    ) -> SettingDescription {
        SettingDescription(
            name: name,
            type: .number(unit, range),
            summary: summary,
            example: example,
            advice: advice,
            value: { String($0[keyPath: path]) },
            set: { settings, text in
                guard let value = Int(text), range.contains(value) else { return false }
                settings[keyPath: path] = value
                return true
            }
        )
    }
}

extension String {
    var hasNoControls: Bool {
        unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }

    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
