public import Foundation

/// Formats and parses the Date field.
///
/// It does not use Foundation's formatters: they depend on locales, and the field does not.
///
/// - SeeAlso: [RFC 5322 §3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3)
public struct MessageDate {
    /// Formats a time in UTC: `Tue, 24 Nov 2026 08:27:51 +0000`.
    ///
    /// Times before 1970 become the start of 1970, and times after 9999 the end of 9999.
    public static func format(_ date: Date) -> String {
        let interval = date.timeIntervalSince1970
        let seconds = interval > 0 ? Int(min(interval, latest)) : 0
        let days = seconds / 86_400
        let time = seconds % 86_400
        let (year, month, day) = civil(days)
        let clock = [time / 3600, time / 60 % 60, time % 60].map { padded($0, 2) }
        return dayNames[(days + 4) % 7] + ", " + padded(day, 2) + " " + monthNames[month - 1] + " "
            + padded(year, 4) + " " + clock.joined(separator: ":") + " +0000"
    }

    /// Parses a time in the forms that mail programs write, or returns nil.
    ///
    /// The day of the week is not compared with the date. A leap second counts as the second
    /// before it. Years before 1970 give nil.
    ///
    /// - SeeAlso: [RFC 5322 §4.3](https://www.rfc-editor.org/rfc/rfc5322#section-4.3)
    public static func parse(_ text: String) -> Date? {
        let (tokens, isComplete) = HeaderLexer.tokens(
            of: text,
            specials: HeaderLexer.addressSpecials
        )
        guard isComplete else { return nil }
        var rest = tokens[...]
        if rest.dropFirst().first?.kind == .special(ASCII.comma) {
            guard let name = rest.popFirst()?.text, index(of: name, in: dayNames) != nil else {
                return nil
            }
            rest = rest.dropFirst()
        }
        guard let day = number(rest.popFirst(), 1...2, 1...31),
            let month = rest.popFirst()?.text.flatMap({ index(of: $0, in: monthNames) }),
            let year = number(rest.popFirst(), 4...4, 1970...9999),
            day <= daysInMonth(month + 1, year), let seconds = time(&rest),
            let zone = rest.popFirst()?.text.flatMap(offset), rest.isEmpty
        else { return nil }
        let days = daysFromCivil(year, month + 1, day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + seconds - zone))
    }

    private static let latest = 253_402_300_799.0
    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    // RFC 5322 §4.3: the obsolete zones with a meaning; military letters other than Z have none.
    private static let zones = [
        "ut": 0, "gmt": 0, "z": 0, "utc": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
        "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    ]

    private static func time(_ rest: inout ArraySlice<HeaderLexer.Token>) -> Int? {
        guard let hour = number(rest.popFirst(), 1...2, 0...23),
            rest.popFirst()?.kind == .special(ASCII.colon),
            let minute = number(rest.popFirst(), 2...2, 0...59)
        else { return nil }
        var second = 0
        if rest.first?.kind == .special(ASCII.colon) {
            rest = rest.dropFirst()
            guard let value = number(rest.popFirst(), 2...2, 0...60) else { return nil }
            second = min(value, 59)
        }
        return hour * 3600 + minute * 60 + second
    }

    /// The offset of a zone in seconds east of UTC.
    private static func offset(_ text: String) -> Int? {
        if let hours = zones[ASCII.lowercased(text)] { return hours * 3600 }
        guard text.utf8.count == 5, text.hasPrefix("+") || text.hasPrefix("-"),
            text.dropFirst().utf8.allSatisfy(ASCII.isDigit), let value = Int(text.dropFirst()),
            value % 100 < 60
        else { return nil }
        let seconds = value / 100 * 3600 + value % 100 * 60
        return text.hasPrefix("-") ? -seconds : seconds
    }

    private static func number(
        _ token: HeaderLexer.Token?,
        _ digits: ClosedRange<Int>,
        _ range: ClosedRange<Int>
    ) -> Int? {
        guard let token, case .word(let text) = token.kind, digits.contains(text.utf8.count),
            text.utf8.allSatisfy(ASCII.isDigit), let value = Int(text), range.contains(value)
        else { return nil }
        return value
    }

    private static func index(of name: String, in names: [String]) -> Int? {
        names.firstIndex { ASCII.equal($0, name) }
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Counts days since 1970-01-01. Years start in March, so that the leap day is the last
    // day; 400 years have 146,097 days, and 1970-01-01 is day 719,468 of year 0.
    private static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let cycle = shifted / 400
        let yearOfCycle = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let dayOfCycle = shifted % 146_097
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = shifted / 146_097 * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
