import Foundation
import MailingList
import SMTP

/// The list's texts: those that are shipped, and files that an administrator puts in
/// their place.
///
/// `texts/LIST-ID/NAME.txt` before `texts/LANGUAGE/NAME.txt` in the state directory: a
/// line `Subject: …`, an empty line, the body, with the same places.
public struct TextCatalog: Sendable {
    private let directory: String?

    /// Octets of a file that is read.
    static let maximumSize = 64 << 10

    /// Reads files below this directory; nil for none.
    public init(directory: String?) { self.directory = directory }

    /// A text of a list, with its places filled.
    func text(_ text: AnswerText, of list: MailingList) -> (subject: String, body: String) {
        let own = [
            "list": list.address.description,
            "request": list.address(of: .request).description,
            "owner": list.address(of: .owner).description,
        ]
        // The list signs this, and people sign what they quote: what somebody else has
        // chosen must not read as a statement.
        let values = text.values.merging(
            text.values.filter { $0.key != "statement" }.mapValues(Statement.defused)
        ) { _, defused in defused }
        return template(text.name, of: list)
            .filled(with: values.merging(own) { value, _ in value })
    }

    private func template(_ name: TextName, of list: MailingList) -> TextTemplate {
        let language = list.settings.language
        for folder in [list.listID, language.rawValue] {
            // A list's name may have a slash; no file may be found by it.
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
