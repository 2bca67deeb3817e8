import Foundation
import MIME
import Testing

@Suite("The Date field") struct MessageDateTests {
    @Test(
        "a time is written in UTC and read back unchanged",
        arguments: [
            (1_795_508_871, "Tue, 24 Nov 2026 08:27:51 +0000"),
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 +0000"),
        ]
    )
    func roundTrip(_ seconds: Int, _ expected: String) {
        let date = Date(timeIntervalSince1970: Double(seconds))
        #expect(MessageDate.format(date) == expected)
        #expect(MessageDate.parse(expected) == date)
    }

    @Test("every day of two centuries is written as Foundation's calendar has it")
    func calendar() throws {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        let months = "JanFebMarAprMayJunJulAugSepOctNovDec"
        for day in stride(from: 0, to: 73_000, by: 7) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
            let written = MessageDate.format(date).split(separator: " ")
            let position = try #require(months.ranges(of: written[2]).first)
            let month = months.distance(from: months.startIndex, to: position.lowerBound) / 3 + 1
            let iso = "\(written[3])-\(month < 10 ? "0" : "")\(month)-\(written[1])"
            #expect(iso == date.formatted(style))
        }
    }

    @Test("a time outside 1970 to 9999 is written as the nearest possible time")
    func borders() {
        for (seconds, year) in [
            (-1e30, "1970"), (1e30, "9999"), (.nan, "1970"), (.infinity, "9999"),
        ] {
            let text = MessageDate.format(Date(timeIntervalSince1970: seconds))
            #expect(text.contains(" \(year) "))
        }
    }

    @Test(
        "dates in the forms of mail programs are read",
        arguments: [
            "24 Nov 2026 08:27:51 GMT", "tue, 24 NOV 2026 10:27:51 +0200 (CEST)",
            "Tue,24 Nov 2026 03:27:51 -0500", "Tue, 24 Nov 2026 03:27:51 EST",
            "Tue, 24 Nov 2026 13:57:51 +0530",
        ]
    )
    func reads(_ text: String) {
        #expect(MessageDate.parse(text)?.timeIntervalSince1970 == 1_795_508_871)
    }

    @Test("a time without seconds is read")
    func noSeconds() {
        #expect(
            MessageDate.parse("Tue, 24 Nov 2026 8:27 +0000")?.timeIntervalSince1970 == 1_795_508_820
        )
    }

    @Test(
        "a text that is not a date gives nil",
        arguments: [
            "", "Tue", "Xyz, 24 Nov 2026 08:27:51 +0000", "31 Nov 2026 08:27:51 +0000",
            "29 Feb 2100 00:00:00 +0000", "24 Nov 2026 24:00:00 +0000", "24 Nov 26 08:27:51 +0000",
            "24 Nov 2026 08:27:51", "24 Nov 2026 08:27:51 +00000", "24 Nov 2026 08:27:51 +0060",
            "24 Nov 99999999999999999999 08:27:51 +0000", "24 Nov 2026 08:27:51 +0000 x",
            "2026-11-24T08:27:51Z", "24 Nov 2026 08:27:51 ABC",
        ]
    )
    func refuses(_ text: String) {
        #expect(MessageDate.parse(text) == nil)
    }
}
