import Foundation
import MailingList
import Testing

@Suite struct ListSettingsTests {
    @Test(
        "a setting takes what it says and prints what it took",
        arguments: [
            ("display_name", "The list"), ("display_name", ""), ("display_name", "Zoë & Co. 👋"),
            ("display_name", String(repeating: "é", count: 60)), ("max_message_size", "10000"),
            ("max_message_size", "100000000"), ("signature_max_age", "3600"),
            ("signature_max_age", "7776000"), ("deliver_own_posts", "false"),
            ("deliver_own_posts", "true"), ("subscription_policy", "open"),
            ("subscription_policy", "confirm-moderate"), ("subscription_policy", "closed"),
            ("subscription_policy", "key-set, key-confirm, verify-address"),
            ("subscription_policy", "key-set, verify-address, key-confirm, moderate"),
            ("key_change_workflow", "key-confirm, moderate"), ("token_lifetime", "86400"),
            ("token_lifetime", "259200"), ("language", "de"),
            ("subscription_policy", "exec:/a/b-c.d_E9, key-set, key-confirm"),
            ("key_change_workflow", "exec:/check, key-confirm, moderate"),
            ("unsubscription_policy", "verify-address, exec:/check, moderate"),
            ("key_signing_allowed", "none"), ("posting", "owners"), ("emergency", "true"),
            ("unsigned_msg_action", "hold"), ("stale_sig_action", "ignore"),
            ("undecryptable_action", "discard"), ("subject_prefix", "[the team]"),
            ("from", "list"), ("reply_to", "author"), ("metadata", "date, addressed"),
            ("metadata", "none"), ("metadata_form", "header"), ("footer", "one\\ntwo"),
            ("keep_message_id", "true"), ("strip_original_sig", "true"),
            ("key_signing_allowed", "subscriber, owner, moderator, nonmember"),
            ("from", "original"), ("original_domains", "a.example, b.example"),
            ("original_domains", "none"), ("preserve_original_sig", "true"),
        ]
    )
    func taken(name: String, text: String) throws {
        let setting = try #require(ListSettings.table.first { $0.name == name })
        var settings = ListSettings()
        #expect(setting.set(&settings, text))
        #expect(setting.value(settings) == text)
    }

    @Test(
        "a setting refuses everything else and stays as it was",
        arguments: [
            ("display_name", String(repeating: "x", count: 61)), ("display_name", "two\nlines"),
            ("display_name", "\u{7f}"), ("display_name", "\r"), ("max_message_size", "9999"),
            ("max_message_size", "100000001"), ("max_message_size", "10 MB"),
            ("max_message_size", "-1"), ("max_message_size", "99999999999999999999"),
            ("signature_max_age", "3599"), ("signature_max_age", "7776001"),
            ("signature_max_age", "unlimited"), ("deliver_own_posts", "yes"),
            ("deliver_own_posts", ""), ("deliver_own_posts", "TRUE"),
            // Without a key, or before it came, or with one that nobody has proven.
            ("subscription_policy", ""), ("subscription_policy", "moderate, verify-address"),
            ("subscription_policy", "key-confirm, key-set"), ("subscription_policy", "key-set"),
            ("subscription_policy", "key-set, key-confirm, key-set"),
            ("subscription_policy", "key-set,, key-confirm"),
            ("subscription_policy", "key-set, key-confirm, exec"),
            ("subscription_policy", "key-set, key-confirm, exec:check"),
            ("subscription_policy", "key-set, key-confirm, exec:/a/../b"),
            ("subscription_policy", "key-set, key-confirm, exec:/a b"),
            ("subscription_policy", "key-set, key-confirm, exec:/a;b"),
            ("subscription_policy", "key-set, key-confirm, exec:/a/"),
            ("subscription_policy", "key-set, key-confirm, exec:/"),
            ("subscription_policy", "key-set, key-confirm, exec:/a//b"),
            (
                "subscription_policy",
                "key-set, key-confirm, exec:/" + String(repeating: "x", count: 200)
            ),
            ("key_change_workflow", "moderate"), ("key_change_workflow", ""),
            ("key_change_workflow", "key-set, key-confirm"),
            ("unsubscription_policy", ""), ("unsubscription_policy", "moderate"),
            ("unsubscription_policy", "moderate, verify-address"),
            ("unsubscription_policy", "verify-address, verify-address"),
            ("key_signing_allowed", ""), ("key_signing_allowed", "owner, owner"),
            ("key_signing_allowed", "everybody"), ("posting", "everybody"),
            ("unsigned_msg_action", "maybe"), ("undecryptable_action", "accept"),
            ("undecryptable_action", "defer"), ("subject_prefix", "a\nb"),
            ("subject_prefix", String(repeating: "x", count: 41)), ("from", "author"),
            ("reply_to", "both"), ("metadata", ""), ("metadata", "date date"),
            ("metadata", "date, subject"), ("metadata_form", "both"), ("footer", "a\rb"),
            ("footer", String(repeating: "x", count: 1001)), ("keep_message_id", "no"),
            ("original_domains", ""), ("original_domains", "a example"),
            ("original_domains", "x@a.example"),
            (
                "original_domains",
                (0...20).map { "d\($0).example" }.joined(separator: ", ")
            ),
            ("token_lifetime", "86399"), ("token_lifetime", "259201"), ("language", "xx"),
        ]
    )
    func refused(name: String, text: String) throws {
        let setting = try #require(ListSettings.table.first { $0.name == name })
        var settings = ListSettings()
        #expect(!setting.set(&settings, text))
        #expect(settings == ListSettings())
    }

    @Test(
        "settings that cannot be had together are told apart, with what to do",
        arguments: [
            ([:], nil),
            (["from": "original"], "original_domains"), (["sign_outgoing": "false"], nil),
            (["encrypt_outgoing": "as-received"], nil),
            (["encrypt_outgoing": "as-received", "sign_outgoing": "false"], "sign_outgoing=true"),
            (["preserve_original_sig": "true"], "from=original"),
            (["footer": "x"], "footer"), (["subject_prefix": "[x]"], "subject_prefix"),
            (["metadata": "date"], "set it to none"),
            (["strip_original_sig": "true"], "strip_original_sig"),
        ] as [([String: String], String?)]
    )
    func conflict(changed: [String: String], names word: String?) throws {
        var settings = ListSettings()
        #expect(settings.settingConflict == nil)
        // Either of two that need a third is set alone; the others beside all that they need.
        let needed = [
            "original_domains": "people.test", "from": "original", "metadata": "none",
            "preserve_original_sig": "true",
        ]
        let isAlone = changed.keys.contains { $0 == "from" || $0 == "preserve_original_sig" }
        for (name, value) in isAlone ? changed : needed.merging(changed, uniquingKeysWith: { $1 }) {
            #expect(ListSettings.named(name)?.set(&settings, value) == true)
        }
        #expect(
            settings.settingConflict?.description.contains(word ?? "") == word.map { _ in true }
        )
    }

    @Test("every setting is in the table once, with its default in its range")
    func table() {
        let names = ListSettings.table.map(\.name)
        #expect(
            names == [
                "display_name", "max_message_size", "signature_max_age", "deliver_own_posts",
                "unbound_post_action", "posting", "emergency", "paused",
                "nonencrypted_msg_action", "inline_pgp_action", "undecryptable_action",
                "unsigned_msg_action",
                "nonmember_action", "unknown_key_action", "invalid_sig_action",
                "expired_sig_action", "revoked_sig_action", "stale_sig_action",
                "duplicate_sig_action", "spam_action", "rate_action", "subject_prefix",
                "author_in_subject", "html_parts", "from",
                "original_domains", "preserve_original_sig", "encrypt_outgoing",
                "sign_outgoing", "reply_to", "metadata",
                "metadata_form", "footer", "keep_message_id", "include_autocrypt",
                "include_list_headers", "strip_original_sig", "resend_allowed", "resend_footer",
                "archive", "max_daily_posts", "bounce_hard_days",
                "bounce_soft_days", "subscription_policy",
                "key_change_workflow",
                "unsubscription_policy", "token_lifetime", "show_subscribers",
                "key_signing_allowed", "notify_owners_of", "language",
            ]
        )
        // A property without a row would be one that nobody can set.
        let actions = PostActions.choices.count
        let copies = Mirror(reflecting: CopySettings()).children.count
        let own = Mirror(reflecting: ListSettings()).children.count - 2
        #expect(names.count == own + actions + copies)
        for setting in ListSettings.table {
            var settings = ListSettings()
            #expect(setting.set(&settings, setting.value(settings)), "\(setting.name)")
            #expect(settings == ListSettings())
            #expect(setting.summary.hasSuffix(".") && !setting.type.description.isEmpty)
        }
    }

    @Test("an action that was stored as defer is read as ignore")
    func earlierSpelling() throws {
        let setting = try #require(ListSettings.named("stale_sig_action"))
        var settings = ListSettings()
        #expect(setting.set(&settings, "defer"))
        #expect(settings.actions[.staleSignature] == .ignore)
        #expect(setting.value(settings) == "ignore")
    }

    @Test("the manual's table of settings is what the code says, and every example is a value")
    func manual() throws {
        for setting in ListSettings.table {
            var settings = ListSettings()
            #expect(setting.set(&settings, setting.example), "\(setting.name)")
            #expect(settings != ListSettings() && setting.advice.hasSuffix("."))
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/MailingList/Documentation.docc/Settings.md")
        let manual = try String(contentsOf: file, encoding: .utf8)
        #expect(
            manual.hasSuffix("\n\n" + ListSettings.manual),
            "it should end so:\n\(ListSettings.manual)"
        )
    }
}
