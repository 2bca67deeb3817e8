package import Foundation
import MailingList

extension Date {
    /// The time as the program and its mails write it: `2 December 2026, 21:21 UTC`.
    package var readable: String { TextValue.time(self).text(in: .english) }
}

extension Int {
    /// A number of octets as the program and its mails write it: `312 B`, `14 KB`, `10 MB`.
    package var readableSize: String { TextValue.size(self).text(in: .english) }
}
