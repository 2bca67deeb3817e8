import Foundation
import Testing

/// That no mail to a list makes Postfix bounce to somebody who did not send it.
@Suite(.serialized)
struct BackscatterTests {
    private static let addresses = [
        "\"team+a  b\"@lists.test", "\"team+a b\"@lists.test", "team+x@lists.test",
        "\"team-request+a  b\"@lists.test", "\"team-bounces+a  b\"@lists.test",
        "team-bounces+zzz@lists.test", "\"team+a\\\\\"@lists.test", "\"team+ \"@lists.test",
        "team+\(String(repeating: "x", count: 200))@lists.test",
    ]

    @Test("an address that cannot be read is refused in the dialogue, and never bounces")
    func addresses() throws {
        let bed = try TestBed()
        try hand(in: bed) { address, reply in
            // Refused for its address, or as any mail in clear.
            #expect(reply.hasPrefix("5"), "\(address): \(reply)")
            if address.contains("  ") || address.utf8.count > 100 {
                #expect(reply.hasPrefix("550 5.1.1"), "\(address): \(reply)")
            }
        }
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox("fritz@people.test").isEmpty)
        // What the milter has not seen is dropped.
        bed.host.stopDaemon()
        try hand(in: bed) { address, reply in
            #expect(reply.hasPrefix("250"), "\(address): \(reply)")
        }
        try bed.host.startDaemon()
        try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox("fritz@people.test").isEmpty)
        #expect(bed.host.daemonLog.contains("dropped: no list has the address"))
    }

    private func hand(in bed: TestBed, _ check: (String, String) -> Void) throws {
        for address in Self.addresses {
            let spam = bed.anne.cleartext(to: "a", text: "BUY NOW")
            let answer = try SMTPDialogue.send(
                spam,
                from: "fritz@people.test",
                to: [address],
                at: bed.host
            )
            check(address, answer.reply)
        }
    }
}
