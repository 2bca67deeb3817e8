import Administration
import Foundation
import Testing

@Suite struct ReadableTests {
    @Test(
        "a time is printed as people read it, in UTC",
        arguments: [
            (0, "1 January 1970, 00:00 UTC"), (1_796_246_519, "2 December 2026, 21:21 UTC"),
            (1_798_761_599, "31 December 2026, 23:59 UTC"),
        ]
    )
    func time(seconds: Int, text: String) {
        #expect(Date(timeIntervalSince1970: TimeInterval(seconds)).readable == text)
    }

    @Test(
        "a size is printed in the unit that people read",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1536, "1.5 KB"), (14_336, "14 KB"), (10_485_760, "10 MB"),
        ]
    )
    func size(octets: Int, text: String) {
        #expect(octets.readableSize == text)
    }
}
