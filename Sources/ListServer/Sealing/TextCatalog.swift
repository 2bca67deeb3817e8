import Foundation
import MailingList
import SMTP

/// The list's texts: those that are shipped, and the files with which an administrator
/// replaces them.
///
/// `texts/LIST-ID/NAME.txt` before `texts/LANGUAGE/NAME.txt` in the state directory: a
/// line `Subject: …`, an empty line, the body, with the same placeholders.
public struct TextCatalog: Sendable {
    private let directory: String?

    /// The largest file, in octets.
    static let maximumSize = 64 << 10

    /// Makes a catalog with the files below this directory; nil for shipped texts only.
    public init(directory: String?) { self.directory = directory }

    /// A text in the list's language, with its placeholders replaced.
    func text(_ text: AnswerText, of list: MailingList) -> (subject: String, body: String) {
        let own = [
            "list": list.address.description,
            "request": list.address(of: .request).description,
            "owner": list.address(of: .owner).description,
        ]
        // The list signs this text, and people sign what they quote: words that somebody else
        // has chosen must not read as a statement.
        let language = list.settings.language
        let values = Dictionary(
            uniqueKeysWithValues: text.values.map { name, value in
                let words = value.text(in: language)
                return (name, name == "statement" ? words : Statement.defused(words))
            }
        )
        return template(text.name, of: list)
            .filled(with: values.merging(own) { value, _ in value })
    }

    private func template(_ name: TextName, of list: MailingList) -> TextTemplate {
        let language = list.settings.language
        for folder in [list.listID, language.rawValue] {
            // A list's name may contain a slash, which must not select another directory.
            guard let directory, !folder.contains("/"), !folder.hasPrefix("."),
                let data = FileManager.default.contents(
                    atPath: "\(directory)/\(folder)/\(name.rawValue).txt"
                ), data.count <= Self.maximumSize,
                let text = String(data: data, encoding: .utf8),
                let template = TextTemplate(file: text)
            else { continue }
            return template
        }
        return language.template(name)
    }
}
