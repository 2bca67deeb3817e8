import Foundation
import Testing

/// Lists that are larger than one window of copies.
@Suite(.serialized)
struct CrowdTests {
    @Test("each of many subscribers gets one copy, which names her key and opens with it alone")
    func everyone() throws {
        let bed = try TestBed()
        let crowd = try Crowd(60, rsa: 20, at: bed.host)
        try crowd.join(bed.list)
        let text = "canary-crowd " + String(repeating: "words and more words ", count: 500)
        let post = try bed.anne.post(to: bed.list, text: text)
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.host.wait("all copies") { crowd.copies.count >= crowd.addresses.count }
        try bed.host.waitUntilQuiet()
        #expect(crowd.copies == crowd.addresses)
        for address in crowd.addresses {
            let copy = bed.host.inbox(address)[0]
            let opened = try crowd.open(copy)
            let recipients = opened.status.split(separator: "\n").filter {
                $0.contains("[GNUPG:] ENC_TO ")
            }
            #expect(recipients.count == 1)
            let keys = try crowd.encryptionKeyIDs(of: address)
            #expect(keys.contains { key in recipients.allSatisfy { $0.contains(key) } })
            #expect(opened.text.contains("canary-crowd"), "\(address)")
        }
        // Nobody else reads it, and nothing in it tells who else might.
        let strangers = [bed.anne, bed.bela, bed.cora, bed.owner]
        for address in crowd.addresses.shuffled().prefix(5) {
            for stranger in strangers {
                let opened = try stranger.open(bed.host.inbox(address)[0])
                #expect(opened.text.isEmpty)
                #expect(!opened.status.contains { $0.contains("DECRYPTION_OKAY") })
            }
        }
    }

    @Test("a Postfix that is stopped for half a minute in the middle delays copies, and loses none")
    func postfixStopped() throws {
        let bed = try TestBed()
        let crowd = try Crowd(100, at: bed.host)
        try crowd.join(bed.list)
        let post = try bed.anne.post(to: bed.list, text: "canary-middle")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.host.wait("the first copies") { !crowd.copies.isEmpty }
        bed.host.stopPostfix()
        try #require(
            crowd.copies.count < crowd.addresses.count,
            "the distribution was over before Postfix stopped"
        )
        Thread.sleep(forTimeInterval: 30)
        #expect(bed.host.daemon?.isRunning == true)
        try bed.host.startPostfix()
        try bed.host.wait("all copies") { Set(crowd.copies) == Set(crowd.addresses) }
        try bed.host.waitUntilQuiet()
        // What Postfix has and has not confirmed goes out again: at most three
        // sessions of twenty.
        #expect(crowd.copies.count <= crowd.addresses.count + 60)
    }

    @Test("no more copies than are allowed wait in Postfix's queue; the others stay owed")
    func queueLimit() throws {
        let bed = try TestBed()
        let crowd = try Crowd(30, at: bed.host)
        try crowd.join(bed.list)
        bed.host.stopDaemon()
        try bed.host.startDaemon(["--queued", "12"])
        try bed.host.setParameter("defer_transports", "people")
        let post = try bed.anne.post(to: bed.list, text: "canary-queue")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        func queued() throws -> Int {
            try Shell.run("postqueue", ["-c", bed.host.config, "-j"]).output
                .split(separator: "\n").count
        }
        try bed.host.wait("a full queue") { try queued() >= 12 }
        for _ in 0..<5 {
            Thread.sleep(forTimeInterval: 0.5)
            #expect(try queued() == 12)
        }
        // The administrator reads it once, not at each look for room.
        #expect(
            bed.host.daemonLog.split(separator: "\n").count { $0.contains("copies in its queue") }
                == 1
        )
        try bed.host.setParameter("defer_transports", "")
        try bed.host.wait("all copies") {
            try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
            return Set(crowd.copies) == Set(crowd.addresses)
        }
        try bed.host.waitUntilQuiet()
        #expect(crowd.copies == crowd.addresses)
    }
}
