import Foundation
import Testing

/// What the command line prints of people's own words.
struct TerminalTests {
    @Test("no user id steers the terminal of the administrator")
    func userIDs() throws {
        let host = try Host()
        defer { host.tearDown() }
        let (olga, eve) = (try Person("olga", at: host), try Person("eve", at: host))
        let list = "team@lists.test"
        try host.listseal(
            ["list", "create", list, "--owner", olga.address, "--owner-key", olga.keyFile]
        )
        let steering = "\u{1b}[8m\u{1b}]0;x\u{7} \u{202e} <x@people.test>"
        try eve.gpg(["--passphrase", "", "--quick-add-uid", eve.address, steering])
        let key = host.scratch + "/steering.asc"
        try eve.gpg(["--armor", "--export"]).data.write(to: URL(filePath: key))
        let added = try host.listseal(["subscriber", "add", list, eve.address, "--key", key])
        let shown = try host.listseal(["subscriber", "show", list, eve.address])
        let json = try host.listseal(["subscriber", "show", "--json", list, eve.address])
        let failed = try host.listseal(
            ["subscriber", "show", list, "\u{1b}[8m@people.test"],
            expecting: nil
        )
        #expect(failed.status != 0)
        for result in [added, shown, json, failed] {
            for text in [result.output, result.error] {
                #expect(
                    text.unicodeScalars.allSatisfy {
                        !["\u{1b}", "\u{7}", "\u{202e}"].contains($0)
                    }
                )
            }
        }
        #expect(shown.output.contains("\\x1b[8m\\x1b]0;x\\x07 \\u{202e} <x@people.test>"))
        #expect(json.output.contains("\\u202e"))
    }
}
