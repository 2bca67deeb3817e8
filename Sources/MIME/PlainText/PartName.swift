import Foundation

/// The file name that a part has, as mail programs find it.
struct PartName {
    /// The most characters of a name.
    private static let maximumLength = 100

    /// The name, on one line and without folders; nil if there is none.
    let text: String?
    /// Whether every program reads the same name: it stands once, in ASCII, as it is written.
    let isPlain: Bool

    /// Reads the name from Content-Disposition, or else from Content-Type.
    init(of part: Part) {
        let disposition = part.field(named: "Content-Disposition").flatMap {
            ContentType("x/" + $0.value)
        }
        let fields = [(disposition, "filename"), (Optional(part.contentType), "name")]
        let found = fields.lazy.compactMap { type, name in type.flatMap { Self.name($0, name) } }
            .first
        text = found.map(Self.cleaned).flatMap { $0.isEmpty ? nil : $0 }
        isPlain = fields.allSatisfy { type, _ in
            guard let type else { return part.field(named: "Content-Disposition") == nil }
            return type.isWellFormed
                && type.parameters.allSatisfy { parameter in
                    !parameter.name.contains("*") && !parameter.value.contains("=?")
                        && parameter.value.utf8.allSatisfy {
                            $0 == ASCII.space || ASCII.isVisible($0)
                        }
                }
        }
    }

    /// The part of a name behind its last dot, in lower case.
    static func ending(of name: String) -> String {
        name.split(separator: ".").last.map { $0.lowercased().filter { !$0.isWhitespace } } ?? ""
    }

    private static func name(_ type: ContentType, _ name: String) -> String? {
        if let value = type.parameter(name) { return EncodedWord.decode(value) }
        // RFC 2231 §4: charset'language'text, in percent encoding.
        guard let value = type.parameter(name + "*") else { return nil }
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.last.map { $0.removingPercentEncoding ?? String($0) }
    }

    // Nothing in front of a slash counts, and no character reverses the end of the name.
    private static func cleaned(_ name: String) -> String {
        let line = DisplayText.singleLine(name).split { $0 == "/" || $0 == "\\" }.last ?? ""
        let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(words.suffix(maximumLength))
    }
}
