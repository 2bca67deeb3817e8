/// Finds and replaces `$name`, `${name}` and `$(name)` in the text of a parameter.
///
/// - SeeAlso: [postconf(5)](https://www.postfix.org/postconf.5.html)
enum ParameterReferences {
    /// The names that a text refers to, in order, including those in conditionals.
    static func names(in text: String) -> [String] {
        var result: [String] = []
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            rest = rest[rest.index(after: dollar)...]
            // `$$` means a dollar sign.
            if rest.first == "$" {
                rest = rest.dropFirst()
                continue
            }
            var name = rest
            if let first = name.first, first == "{" || first == "(" { name = name.dropFirst() }
            let letters = name.drop(while: \.isWhitespace).prefix(while: isNameCharacter)
            if !letters.isEmpty { result.append(String(letters)) }
        }
        return result
    }

    /// The text with plain references to one name replaced.
    ///
    /// Nil if a conditional refers to the name, because a value cannot replace it there.
    static func replacing(_ name: String, in text: String, with value: String) -> String? {
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$$") {
                result += "$$"
                rest = rest.dropFirst(2)
                continue
            }
            let written = ["${\(name)}", "$(\(name))", "$\(name)"].first(where: rest.hasPrefix)
            let next = written.map { rest.dropFirst($0.count) }
            if let next,
                next.first.map(isNameCharacter) != true || rest.dropFirst().first == "{"
                    || rest.dropFirst().first == "("
            {
                result += value
                rest = next
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        result += rest
        return names(in: result).contains(name) ? nil : result
    }

    /// Whether a text refers to a name, directly or through other parameters.
    static func reaches(_ name: String, from text: String, through values: [String: String]) -> Bool
    {
        var open = names(in: text)
        var seen: Set<String> = []
        while let next = open.popLast() {
            if next == name { return true }
            guard seen.insert(next).inserted, let value = values[next] else { continue }
            open += names(in: value)
        }
        return false
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
}
