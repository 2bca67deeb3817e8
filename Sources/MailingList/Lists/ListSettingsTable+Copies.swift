import SMTP

extension ListSettings {
    /// The settings about copies.
    static let copySettings: [SettingDescription] = [
        SettingDescription(
            name: "subject_prefix",
            type: .text(maximum: CopySettings.maximumPrefix, hasLines: false),
            summary: "What stands in front of every Subject, once, inside the encryption.",
            example: "[team]",
            advice: "When people sort their mail by it; outside it is never seen.",
            value: { $0.copies.subjectPrefix },
            set: { settings, text in
                guard text.count <= CopySettings.maximumPrefix, text.hasNoControls else {
                    return false
                }
                settings.copies.subjectPrefix = text.trimmed
                return true
            }
        ),
        choice(
            "from",
            \.copies.from,
            summary:
                "Who stands in From: the author's name inside, beside the list's address; the list alone; or the author with her own address, outside too, if original_domains has its domain.",
            example: "list",
            advice:
                "list, when a reader's program shall never take a post for its author's own mail; original, for preserve_original_sig: everybody on the way sees then who writes."
        ),
        SettingDescription(
            name: "original_domains",
            type: .domains(maximum: CopySettings.maximumDomains),
            summary:
                "The domains whose people can stand in From themselves, with from=original.",
            example: "people.example",
            advice:
                "For domains whose mail this host signs with DKIM; of others, copies would be refused where DMARC is checked.",
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
                "Whether a copy is what its author has signed and encrypted, octet by octet, for each reader's key.",
            example: "true",
            advice:
                "When readers shall verify each other, end to end. It needs from=original, metadata=none and nothing else inside; a post of which it is not possible is sealed as ever and says why. Readers need the authors' keys: show_subscribers=true, and 'key get'. Whoever sees an author's mail and a copy knows that they are one, and a Subject that her program does not protect is lost."
        ),
        choice(
            "encrypt_outgoing",
            \.copies.encryption,
            summary:
                "How posts leave: always encrypted; or in clear, and signed by the list, if they came in clear.",
            example: "as-received",
            advice:
                "as-received, for announcements to the world, with nonencrypted_msg_action=ignore: people without a usable key get them too. What comes encrypted never leaves in clear; but who answers it in clear, with what she quotes, is read by all on the way."
        ),
        flag(
            "sign_outgoing",
            \.copies.isSigned,
            summary: "Whether the list signs what it encrypts.",
            example: "false",
            advice:
                "false, when a copy in wrong hands shall prove nothing, with strip_original_sig=true. Whoever has a reader's key can then write her what looks like a copy. Answers, reports and what is sent on stay signed."
        ),
        choice(
            "reply_to",
            \.copies.replyTo,
            summary:
                "Whom Reply-To names in copies; the author inside the encryption, where there is one.",
            example: "author",
            advice: "author, when answers shall go to one person, who may get them in clear."
        ),
        SettingDescription(
            name: "metadata",
            type: .words(CopySettings.MetadataField.allCases.map(\.rawValue), hasAll: true),
            summary:
                "Which facts copies tell, besides whose the post is and what spoke against it.",
            example: "date, signature",
            advice: "When readers know what the others mean, and want less above each post.",
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
            summary: "Whether they stand in a text in front of the post or in header fields.",
            example: "header",
            advice: "header, when programs read them; people see what most programs hide."
        ),
        footer(
            "footer",
            \.copies.footer,
            summary: "Lines below every post, inside the encryption.",
            example: "How to leave: a signed mail to team-leave@lists.example",
            advice: "When people forget where they are."
        ),
        flag(
            "keep_message_id",
            \.copies.keepsMessageID,
            summary: "Whether copies have the author's own Message-ID.",
            example: "true",
            advice:
                "When threads shall hold with mail that went around the list; it links the two for all on the way."
        ),
        flag(
            "include_autocrypt",
            \.copies.includesAutocrypt,
            summary: "Whether copies carry the list's key outside, for Autocrypt.",
            example: "false",
            advice: "false, when people get the key in another way, and copies shall be small."
        ),
        flag(
            "include_list_headers",
            \.copies.includesListHeaders,
            summary: "Whether copies have List-Id, List-Post and the like.",
            example: "false",
            advice:
                "false, when nobody on the way shall see what the list's addresses are for; programs can then not sort by it."
        ),
        flag(
            "strip_original_sig",
            \.copies.stripsOriginalSignature,
            summary: "Whether an author's own signature, where it is a part, stays behind.",
            example: "true",
            advice:
                "true, when a post shall not prove to others, years later, that she wrote it."
        ),
    ]

    /// The settings about what goes beyond the subscribers.
    static let resending: [SettingDescription] = [
        roles(
            "resend_allowed",
            \.resendAllowed,
            summary: "Who may have a post sent on to people outside, as the list's own mail.",
            example: "subscriber",
            advice:
                "For a team that answers to the world: lines 'X-Resend: ADDRESS' on top of a post do it."
        ),
        footer(
            "resend_footer",
            \.resendFooter,
            summary: "Lines below what is sent on to people outside.",
            example: "The security team of Example, team@lists.example",
            advice: "When readers shall learn who writes to them."
        ),
        number(
            "archive",
            \.archiveDays,
            .days,
            in: 0...36_500,
            summary: "For how long posts are kept, encrypted to the list's key; 0 for not at all.",
            example: "365",
            advice:
                "When new people shall read old posts: 'listseal archive export'. Whoever has the list's key reads them too."
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
