import Foundation
import Testing

/// Real mail programs as subscribers, with the keys that a person presses.
struct MailProgramTests {
    @Test(
        "a person subscribes with a mail program in a terminal",
        arguments: [("mutt", "sign"), ("neomutt", "both")]
    )
    func subscribes(program: String, protection: String) throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let host = bed.host
        let description = try JSONEncoder().encode([
            "smtp": "127.0.0.1:\(host.port)", "state": host.state, "list": bed.list,
            "mail": host.mail, "listseal": try #require(Host.program),
        ])
        let file = "\(host.scratch)/host.json"
        try description.write(to: URL(filePath: file))
        let driven = try Shell.run(
            Host.repository + "Tests/mail-programs/subscribe",
            [program, "dora", file, protection]
        )
        #expect(driven.status == 0, "\(driven.output)\(driven.error)\(host.daemonLog.suffix(2000))")
        #expect(driven.output.contains("dora@people.test is a subscriber"))
    }
}
