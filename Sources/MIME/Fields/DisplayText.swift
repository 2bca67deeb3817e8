/// Makes text from untrusted peers safe to show on one line.
enum DisplayText {
    /// Removes control characters, line separators and direction overrides.
    ///
    /// A right-to-left override reverses the end of a subject or a name, so that
    /// `moc.elpmaxe@` reads as a domain. The marks U+200E and U+200F and the joiners stay:
    /// Hebrew, Persian and Hindi need them, and they reverse nothing.
    static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !steers(scalar) { result.append(scalar) }
        return String(result)
    }

    /// Replaces each of these characters by a space, so that words stay separate.
    static func singleLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(steers(scalar) ? " " : scalar) }
        return String(result)
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1f, 0x7f...0x9f, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
