import SMTP

/// A text with placeholders: its Subject and its body.
public struct TextTemplate: Sendable, Hashable {
    /// The Subject.
    public let subject: String
    /// The body.
    public let body: String

    /// A text from its two parts.
    public init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    /// Reads a file: a line `Subject: …`, an empty line, the body; nil if it has another form.
    public init?(file text: String) {
        let text = text.replacing("\r\n", with: "\n")
        guard let gap = text.firstRange(of: "\n\n"), text.hasPrefix("Subject:") else { return nil }
        let head = text[..<gap.lowerBound].dropFirst("Subject:".count)
        guard !head.contains("\n") else { return nil }
        subject = String(head.drop { $0 == " " })
        body = String(text[gap.upperBound...])
    }

    /// Replaces each placeholder by its value, once: a `{name}` inside a value stays as it is.
    public func filled(with values: [String: String]) -> (subject: String, body: String) {
        (Self.fill(subject, values).visible, Self.fill(body, values))
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}"),
                let value = values[String(rest[rest.index(after: open)..<close])]
            else {
                result.append("{")
                rest = rest[rest.index(after: open)...]
                continue
            }
            result += value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
