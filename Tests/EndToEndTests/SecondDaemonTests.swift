import Foundation
import Testing

@Suite(.serialized)
struct SecondDaemonTests {
    @Test("a second daemon fails, and leaves the sockets of the first one alone")
    func second() throws {
        let bed = try TestBed()
        let second = try bed.host.listseal(["serve"], expecting: nil)
        #expect(second.status != 0)
        #expect(second.error.contains("another daemon serves the state"), "\(second.error)")
        let post = try bed.anne.post(to: bed.list, text: "canary-first")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-first")
        #expect(try bed.counter("missed-by-milter") == 0)
        // The lock ends with its process.
        bed.host.killDaemon()
        try bed.host.startDaemon()
    }
}
