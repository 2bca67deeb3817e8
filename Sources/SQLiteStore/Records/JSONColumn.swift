import Foundation

/// Lists of words in one column, as a JSON array.
enum JSONColumn {
    /// Writes words.
    static func text(_ words: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
    }

    /// Reads words.
    static func strings(_ text: String) throws -> [String] {
        try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
