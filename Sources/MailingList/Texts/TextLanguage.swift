/// A language in which the list writes to people.
public enum TextLanguage: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"

    /// The text as it is shipped.
    public func template(_ name: TextName) -> TextTemplate {
        switch self {
        case .english: EnglishTexts.template(name)
        case .german: GermanTexts.template(name)
        }
    }

    /// The word in front of text that HTML hides.
    public var hiddenText: String { words.hiddenText }

    /// The words that this language has for values of the program.
    var words: any TextWords.Type {
        switch self {
        case .english: EnglishWords.self
        case .german: GermanWords.self
        }
    }
}
