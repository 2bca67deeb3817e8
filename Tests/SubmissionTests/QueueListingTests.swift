import Testing

@testable import Submission

@Suite("Parser of Postfix's queue listing")
struct QueueListingTests {
    private static let stream =
        "protocol\0mail_queue_list_protocol\0\0"
        + "queue_name\0deferred\0queue_id\0D998EF7A518\0time\01795528439\0size\0262\0"
        + "sender\0a-bounces+one@lists.test\0recipient\0anne@people.test\0reason\0deferred\0\0"
        + "queue_name\0active\0sender\0anne@people.test\0recipient\0sender\0reason\0sender\0\0"
        + "queue_name\0active\0sender\0\0recipient\0anne@people.test\0\0"
        + "sender\0a-bounces+two@lists.test\0\0\0"

    @Test(
        "Messages are counted by reverse-path for any split of the input",
        arguments: [1, 2, 7, 1000]
    )
    func count(size: Int) {
        var listing = QueueListing { $0.contains("-bounces+") }
        let octets = Array(Self.stream.utf8)
        for start in stride(from: 0, to: octets.count, by: size) {
            let isTaken = listing.receive(octets[start..<min(start + size, octets.count)])
            #expect(isTaken)
        }
        #expect(listing.count == 2)
        #expect(listing.isComplete)
    }

    @Test("A listing that does not end after a message is incomplete")
    func cutOff() {
        let octets = Array(Self.stream.utf8)
        let ends = Set(
            (1...octets.count).filter { count in
                var listing = QueueListing { _ in true }
                _ = listing.receive(octets[..<count])
                return listing.isComplete
            }
        )
        // The listing is complete after the greeting, each of the four messages, and the end.
        #expect(ends.count == 6)
        #expect(ends.contains(octets.count))
    }

    @Test("A value above the limit makes the listing invalid")
    func endless() {
        var listing = QueueListing { _ in true }
        let longest = [UInt8](repeating: 0x61, count: QueueListing.maximumLength)
        let isTaken = (listing.receive(longest), listing.receive([0x61]))
        #expect(isTaken == (true, false))
    }
}
