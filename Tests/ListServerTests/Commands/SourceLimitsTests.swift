import Foundation
import MailingList
import Testing

@testable import ListServer

@Suite struct SourceLimitsTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(
        "a client makes the list write so often an hour; other clients and kinds are not held back"
    )
    func hourly() {
        let limits = SourceLimits()
        for _ in 0..<SourceLimits.hourly {
            #expect(limits.allows(.help, from: "192.0.2.1", at: now))
        }
        #expect(!limits.allows(.help, from: "192.0.2.1", at: now))
        #expect(limits.allows(.help, from: "192.0.2.2", at: now))
        #expect(limits.allows(.subscription, from: "192.0.2.1", at: now))
        #expect(!limits.allows(.help, from: "192.0.2.1", at: now.addingTimeInterval(3599)))
        #expect(limits.allows(.help, from: "192.0.2.1", at: now.addingTimeInterval(3600)))
        for _ in 0..<1000 {
            #expect(
                limits.allows(.help, from: nil, at: now)
                    && limits.allows(.help, from: "127.0.0.1", at: now)
            )
        }
    }

    @Test(
        "all addresses of one customer's IPv6 network are one source",
        arguments: [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8::1", "2001:db8:0:0::/64"),
            ("fe80::1%eth0", "fe80:0:0:0::/64"), ("192.0.2.1", "192.0.2.1"),
            ("what is this", "what is this"),
        ]
    )
    func networks(address: String, source: String) {
        #expect(SourceLimits.source(of: address) == source)
    }

    @Test("many sources cost no more memory than some, and the newest are remembered")
    func capacity() {
        let limits = SourceLimits()
        for _ in 0..<SourceLimits.hourly { _ = limits.allows(.help, from: "192.0.2.1", at: now) }
        for number in 0..<SourceLimits.capacity {
            _ = limits.allows(.help, from: "host \(number)", at: now)
        }
        #expect(limits.allows(.help, from: "192.0.2.1", at: now))
    }
}
