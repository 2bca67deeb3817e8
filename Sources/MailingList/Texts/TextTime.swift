import Foundation

/// A moment in UTC, as its parts: each language puts them into its own order.
struct TextTime {
    let day: Int
    /// 1 to 12.
    let month: Int
    let year: Int
    /// Hours and minutes, `21:21`.
    let clock: String

    init(_ time: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: time)
        day = parts.day ?? 1
        month = parts.month ?? 1
        year = parts.year ?? 1970
        clock = Self.twoDigits(parts.hour) + ":" + Self.twoDigits(parts.minute)
    }

    /// The month's name out of twelve.
    func month(of names: [String]) -> String {
        names.indices.contains(month - 1) ? names[month - 1] : "\(month)"
    }

    private static func twoDigits(_ number: Int?) -> String {
        String(String(100 + (number ?? 0)).suffix(2))
    }
}

/// A number of octets in the unit that people read: `10 MB`, `1.5 MB`, `34 KB`, `512 B`.
struct TextSize {
    private let octets: Int

    init(_ octets: Int) { self.octets = octets }

    /// At most one decimal, and none from 10 up.
    func text(decimalMark: String) -> String {
        guard octets >= 1024 else { return "\(octets) B" }
        var tenths = octets * 10 / 1024
        var unit = "KB"
        if tenths >= 10_240 { (tenths, unit) = (tenths / 1024, "MB") }
        let isWhole = tenths >= 100 || tenths % 10 == 0
        return "\(tenths / 10)" + (isWhole ? "" : decimalMark + "\(tenths % 10)") + " \(unit)"
    }
}
