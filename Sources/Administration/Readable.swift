package import Foundation

extension Date {
    /// The time as people read it: `2 December 2026, 21:21 UTC`.
    package var readable: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: self)
        let month = Self.months[((parts.month ?? 1) - 1) % Self.months.count]
        func two(_ number: Int?) -> String {
            let text = "\(number ?? 0)"
            return text.count < 2 ? "0" + text : text
        }
        return "\(parts.day ?? 0) \(month) \(parts.year ?? 0), "
            + "\(two(parts.hour)):\(two(parts.minute)) UTC"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

extension Int {
    /// A number of octets as people read it: `312 B`, `14 KB`, `10 MB`.
    package var readableSize: String {
        switch self {
        case ..<1000: "\(self) B"
        case ..<1_000_000: "\((self + 500) / 1000) KB"
        default: "\((self + 500_000) / 1_000_000) MB"
        }
    }
}
