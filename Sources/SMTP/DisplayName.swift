/// A name that somebody has chosen for themselves, and that proves nothing.
///
/// It is shown behind the address that was proven, in quotes, and never instead of it: see
/// ``EmailAddress/named(_:)``.
public struct DisplayName: Sendable, Hashable, CustomStringConvertible {
    /// The most characters of a name.
    public static let maximumLength = 40
    /// The most combining marks behind one character: many of them cover the lines around it.
    private static let maximumMarks = 3

    /// The name as it is shown, without quotes.
    public let description: String

    /// Cleans a name; nil if nothing is left, or if it contains an address.
    ///
    /// A name with an address in it is there to be taken for that address. White space of every
    /// kind becomes one space, quotation marks become apostrophes. Controls, direction marks
    /// and invisible characters are removed, except for joiners between letters outside ASCII.
    public init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: Self.atSigns.contains) else { return nil }
        var result = String.UnicodeScalarView()
        var marks = 0
        let scalars = Array(text.unicodeScalars.prefix(Self.maximumInput))
        for (index, scalar) in scalars.enumerated() {
            if scalar.properties.isWhitespace || Self.blanks.contains(scalar) {
                if let last = result.last, last != " " { result.append(" ") }
                continue
            }
            guard Self.isShown(scalar) || Self.isJoining(at: index, of: scalars) else { continue }
            marks = Self.isMark(scalar) ? marks + 1 : 0
            guard marks <= Self.maximumMarks else { continue }
            result.append(Self.quotes.contains(scalar) ? "'" : scalar)
        }
        if result.last == " " { result.removeLast() }
        guard !result.isEmpty else { return nil }
        description =
            result.count <= Self.maximumLength
            ? String(result)
            : String(String.UnicodeScalarView(result.prefix(Self.maximumLength - 1))) + "…"
    }

    /// Scalars that are looked at; what is behind them is cut off in any case.
    private static let maximumInput = 1000
    private static let atSigns: Set<Unicode.Scalar> = ["@", "\u{ff20}", "\u{fe6b}"]
    private static let quotes: Set<Unicode.Scalar> = [
        "\"", "\u{201c}", "\u{201d}", "\u{201e}", "\u{201f}", "\u{ff02}", "\u{2033}",
    ]
    /// Letters and symbols that look like a space.
    private static let blanks: Set<Unicode.Scalar> = [
        "\u{2800}", "\u{115f}", "\u{1160}", "\u{3164}", "\u{ffa0}",
    ]

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        guard !VisibleText.steers(scalar), !scalar.properties.isDefaultIgnorableCodePoint else {
            return false
        }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default: true
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    // Persian and Hindi write joiners inside of words.
    private static func isJoining(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
        guard scalars[index] == "\u{200c}" || scalars[index] == "\u{200d}",
            index > 0, index + 1 < scalars.count
        else { return false }
        return [scalars[index - 1], scalars[index + 1]].allSatisfy {
            !$0.isASCII && ($0.properties.isAlphabetic || isMark($0)) && isShown($0)
        }
    }
}

extension EmailAddress {
    /// The address, and behind it a name that its owner has chosen: `anne@example.org "Anne"`.
    ///
    /// Everything that shows an author to a person uses this form.
    public func named(_ name: String?) -> String {
        let address = description.visible
        guard let name = name.flatMap(DisplayName.init) else { return address }
        return "\(address) \"\(name)\""
    }
}
