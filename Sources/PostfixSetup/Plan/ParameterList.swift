/// A Postfix list parameter, whose elements are separated by commas and blanks.
///
/// Braces keep an element together, as in `{ inet:host:1, default_action=accept }` and
/// `inline:{{a=b}}`. The type does not parse the elements further.
///
/// - SeeAlso: [postconf(5), smtpd_milters](https://www.postfix.org/postconf.5.html#smtpd_milters)
struct ParameterList: Hashable, CustomStringConvertible {
    var elements: [String]

    init(_ text: String) {
        elements = []
        var element = ""
        var depth = 0
        for character in text {
            if depth == 0, character == "," || character.isWhitespace {
                if !element.isEmpty { elements.append(element) }
                element = ""
                continue
            }
            if character == "{" { depth += 1 }
            if character == "}" { depth = max(0, depth - 1) }
            element.append(character)
        }
        if !element.isEmpty { elements.append(element) }
    }

    init(elements: [String]) {
        self.elements = elements
    }

    var description: String { elements.joined(separator: ", ") }

    /// The list without blanks, as `postconf -P` requires it.
    ///
    /// Postfix ignores blanks beside `,`, `=` and braces. All other blanks separate
    /// elements and become a comma.
    var withoutBlanks: String { elements.map(Self.withoutBlanks).joined(separator: ",") }

    private static func withoutBlanks(_ element: String) -> String {
        var result = ""
        var isBlankPending = false
        for character in element {
            guard !character.isWhitespace else {
                isBlankPending = true
                continue
            }
            if isBlankPending, let last = result.last, !"{,=".contains(last),
                !"},=".contains(character)
            {
                result.append(",")
            }
            isBlankPending = false
            // A comma before a closing brace would add an empty attribute.
            if character == "}", result.last == "," { result.removeLast() }
            result.append(character)
        }
        return result
    }
}
