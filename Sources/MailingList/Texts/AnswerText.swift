/// A text that the list writes to somebody, with the values for its placeholders.
///
/// The words are in ``EnglishTexts`` and ``GermanTexts``; an administrator can replace each
/// text by a file.
public struct AnswerText: Sendable, Hashable {
    /// Which text.
    public let name: TextName
    /// The value for each placeholder `{name}`.
    public let values: [String: TextValue]

    /// A text and its values.
    public init(_ name: TextName, _ values: [String: TextValue] = [:]) {
        self.name = name
        self.values = values
    }
}
