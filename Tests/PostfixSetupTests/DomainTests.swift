import Foundation
import Testing

@testable import PostfixSetup

@Suite("Domains of the site")
struct DomainTests {
    struct Site: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let main: String
        let isShared: Bool
    }

    static let sites = [
        Site(testDescription: "nobody serves it", main: "", isShared: false),
        Site(testDescription: "local", main: "mydestination = lists.example\n", isShared: true),
        Site(
            testDescription: "local by a parameter",
            main: "mydomain = lists.example\nmydestination = localhost, $mydomain\n",
            isShared: true
        ),
        Site(
            testDescription: "local, taken out by a negation",
            main: "mydestination = !lists.example, inline:{lists.example=x}\n",
            isShared: false
        ),
        Site(testDescription: "relay", main: "relay_domains = lists.example\n", isShared: true),
        Site(
            testDescription: "below a relay domain",
            main: "relay_domains = example\n",
            isShared: true
        ),
        Site(
            testDescription: "below a relay domain that does not say so",
            main: "relay_domains = example\nparent_domain_matches_subdomains =\n",
            isShared: false
        ),
        Site(
            testDescription: "below a local domain, which says nothing",
            main: "mydestination = example\n",
            isShared: false
        ),
        Site(
            testDescription: "virtual mailboxes, in a table beside main.cf",
            main: "virtual_mailbox_domains = hash:$config_directory/domains\n",
            isShared: true
        ),
        Site(
            testDescription: "virtual aliases, in a file beside main.cf",
            main: "virtual_alias_domains = $config_directory/domains.txt\n",
            isShared: true
        ),
        Site(
            testDescription: "virtual aliases, in the alias table itself",
            main: "virtual_alias_maps = inline:{{lists.example=x},{a@lists.example=root}}\n",
            isShared: true
        ),
    ]

    @Test("A domain is dedicated if the site does not serve it already", arguments: sites)
    func classes(site: Site) throws {
        let postfix = try PrivatePostfix(main: site.main)
        try postfix.write("domains", "lists.example  x\n")
        try ExternalProgram("postmap").output(
            ["-c", postfix.directory, "hash:\(postfix.directory)/domains"]
        )
        try postfix.write("domains.txt", "# ours\nother.example lists.example\n")
        try postfix.attach("club@lists.example")
        let installation = try #require(try postfix.installation)
        #expect(installation.dedicatedDomains == (site.isShared ? [] : ["lists.example"]))
        let domains = try ParameterList(postfix.postconf("-h", "virtual_alias_domains")).elements
        #expect(domains.contains("lists.example") == !site.isShared)
        let map = try String(contentsOfFile: installation.mapPath, encoding: .utf8)
        #expect(map.contains("postmaster@lists.example") == !site.isShared)
        // A domain that we made known ourselves stays dedicated the next time.
        #expect(try postfix.attach("club@lists.example").changesNothing)
    }

    @Test("A table that cannot be asked stops setup")
    func brokenTable() throws {
        let postfix = try PrivatePostfix(main: "virtual_mailbox_domains = hash:{root}/missing\n")
        #expect(throws: PostfixSetupError.self) { try postfix.attach("club@lists.example") }
    }
}
