import SMTP

/// Text from untrusted peers, made safe for one line of a header or of a screen.
enum DisplayText {
    /// The text of a header field as people read it: `VisibleText`, with each tab as a space.
    ///
    /// A tab is there because a program has folded the field.
    static func clean(_ text: String) -> String { text.replacing("\t", with: " ").visible }

    /// Replaces what would steer a display by a space, so that no text ends a field of ours.
    static func singleLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(VisibleText.steers(scalar) ? " " : scalar)
        }
        return String(result)
    }
}
