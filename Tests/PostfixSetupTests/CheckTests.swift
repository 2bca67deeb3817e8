import Foundation
import Testing

@testable import PostfixSetup

@Suite("Postfix check")
struct CheckTests {
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var main = ""
        var master = ""
        let kind: Finding.Kind
        let says: String
    }

    static let troubles = [
        Trouble(
            testDescription: "a service with its own milters",
            master: "submission inet n - y - - smtpd\n  -o smtpd_milters=inet:localhost:8891\n",
            kind: .serviceOverrides,
            says: "submission/inet has its own smtpd_milters"
        ),
        Trouble(
            testDescription: "a service without address mappings",
            master: "submission inet n - y - - smtpd\n"
                + "  -o receive_override_options=no_address_mappings,no_milters\n",
            kind: .serviceOverrides,
            says: "no_address_mappings"
        ),
        Trouble(
            testDescription: "no address mappings anywhere",
            main: "receive_override_options = no_address_mappings\n",
            kind: .serviceOverrides,
            says: "main.cf sets no_address_mappings"
        ),
        Trouble(
            testDescription: "a cleanup with its own aliases",
            master: "other unix n - n - 0 cleanup\n  -o virtual_alias_maps=\n",
            kind: .serviceOverrides,
            says: "other/unix has its own virtual_alias_maps"
        ),
        Trouble(
            testDescription: "milters by client",
            main: "smtpd_milter_maps = inline:{192.0.2.1=DISABLE}\n",
            kind: .milterMaps,
            says: "smtpd_milter_maps"
        ),
        Trouble(
            testDescription: "a proxy filter",
            master: "front inet n - n - - smtpd\n  -o smtpd_proxy_filter=127.0.0.1:10025\n",
            kind: .proxyFilter,
            says: "front/inet has smtpd_proxy_filter"
        ),
        Trouble(
            testDescription: "a content filter",
            main: "content_filter = smtp-amavis:[127.0.0.1]:10024\n",
            kind: .contentFilter,
            says: "main.cf has content_filter"
        ),
        Trouble(
            testDescription: "a rule that holds, in a file",
            main: "header_checks = regexp:{root}/etc/checks\n",
            kind: .holdRule,
            says: "header_checks of main.cf"
        ),
        Trouble(
            testDescription: "a rule that holds, in main.cf",
            main: "body_checks = inline:{ { x = HOLD } }\n",
            kind: .holdRule,
            says: "body_checks of main.cf"
        ),
        Trouble(
            testDescription: "no delimiter",
            main: "recipient_delimiter =\n",
            kind: .recipientDelimiter,
            says: "addresses with tokens work by a regexp: table"
        ),
        Trouble(
            testDescription: "aliases that lose extensions",
            main: "propagate_unmatched_extensions = canonical\n",
            kind: .recipientDelimiter,
            says: "virtual aliases lose extensions"
        ),
        Trouble(
            testDescription: "originals forgotten",
            main: "enable_original_recipient = no\n",
            kind: .originalRecipient,
            says: "enable_original_recipient=no"
        ),
        Trouble(
            testDescription: "soft bounces",
            main: "soft_bounce = yes\n",
            kind: .softBounce,
            says: "soft_bounce=yes"
        ),
        Trouble(
            testDescription: "a catch-all in front",
            main: "virtual_alias_maps = regexp:{{/@lists/ root@local.example}}\n",
            kind: .shadowedAddress,
            says: "for club@lists.example before our table"
        ),
    ]

    static func site(_ trouble: Trouble?) throws -> PrivatePostfix {
        // Settings that are correct in every case but the one that tests them.
        let usual = "recipient_delimiter = +\n"
        let postfix = try PrivatePostfix(
            main: (trouble?.main.contains("recipient_delimiter") == true ? "" : usual)
                + (trouble?.main ?? "")
        ) { $0.minimalMaster + (trouble?.master ?? "") }
        try postfix.write("checks", "# HOLD is not a rule here\n/^X-Spam: yes/ HOLD spam\n")
        return postfix
    }

    @Test("The check finds and explains each problem", arguments: troubles)
    func trouble(_ trouble: Trouble) throws {
        let postfix = try Self.site(trouble)
        try postfix.attach("club@lists.example")
        let findings = try postfix.check("club@lists.example")
        let found = try #require(findings.first { $0.kind == trouble.kind })
        #expect(found.message.contains(trouble.says))
        #expect(!found.hint.isEmpty)
    }

    @Test("Before the daemon runs, a correct set-up lacks only the sockets and the group")
    func clean() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        let kinds = try postfix.check("club@lists.example").map(\.kind)
        #expect(kinds == [.socket, .socket, .groupMembership])
    }

    @Test("A state directory without a record gives one finding")
    func notAttached() throws {
        #expect(try PrivatePostfix().check("club@lists.example").map(\.kind) == [.notAttached])
    }

    @Test("A new list is missing in the table, and its domain in Postfix")
    func outdated() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        let kinds = try postfix.check("club@lists.example", "choir@new.example").map(\.kind)
        #expect(kinds.contains(.outdatedMap))
        #expect(kinds.contains(.unknownDomain))
    }

    @Test("A table whose index is older than its text is outdated")
    func oldIndex() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        let path = try #require(try postfix.installation).mapPath
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)],
            ofItemAtPath: path + ".db"
        )
        #expect(try postfix.check("club@lists.example").map(\.kind).contains(.outdatedMap))
    }

    @Test("The check reports each setting that somebody removed")
    func incomplete() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        _ = try postfix.postconf("-e", "smtpd_milters=", "virtual_alias_maps=", "transport_maps=")
        _ = try postfix.postconf("-MX", "listseal-gate/unix")
        let findings = try postfix.check("club@lists.example").filter { $0.kind == .incomplete }
        #expect(findings.count == 4)
    }

    @Test("The check reports circular milter lists although every Postfix program fails")
    func circle() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        // Edit the file directly, like an administrator, because postconf would refuse.
        try postfix.write(
            "main.cf",
            postfix.read("main.cf") + "non_smtpd_milters = $smtpd_milters\n"
                + "smtpd_milters = $non_smtpd_milters\n"
        )
        #expect(try postfix.check("club@lists.example").map(\.kind) == [.circularMilters])
    }

    @Test("The check reports a milter that the site adds later, until the next setup")
    func wayBackMilters() throws {
        let postfix = try Self.site(nil)
        try postfix.attach("club@lists.example")
        _ = try postfix.postconf("-e", "non_smtpd_milters = inet:localhost:8891")
        #expect(try postfix.check("club@lists.example").map(\.kind).contains(.wayBackMilters))
        try postfix.attach("club@lists.example")
        #expect(try !postfix.check("club@lists.example").map(\.kind).contains(.wayBackMilters))
    }
}
