import MIME
import MailingList

/// Content of other people, made so that no mail program shows it as the list's own words.
extension Sealer {
    /// Content as it stands in copies.
    struct Inert {
        /// The MIME entity.
        let entity: [UInt8]
        /// Whether it is another than its author's.
        let isChanged: Bool
        /// Whether its text was made of HTML.
        let hasMadeText: Bool
    }

    /// Content of a post, as the list's settings want it in copies.
    func inert(_ entity: [UInt8], in list: MailingList) -> Inert {
        let html: InertContent.HTML
        switch list.settings.copies.htmlParts {
        case .keep: return Inert(entity: entity, isChanged: false, hasMadeText: false)
        case .attach: html = .attach
        case .drop: html = .drop
        }
        let hidden = list.settings.language.hiddenText
        guard let made = InertContent(of: entity, html: html, hidden: hidden) else {
            return Inert(entity: entity, isChanged: false, hasMadeText: false)
        }
        return Inert(entity: made.entity, isChanged: true, hasMadeText: made.hasMadeText)
    }

    /// Content of a mail that nobody has accepted, beside what the list says of it.
    ///
    /// No setting lets it be shown as HTML.
    func foreign(_ entity: [UInt8], _ list: MailingList) -> Entity {
        let made = InertContent(
            of: entity,
            html: .attach,
            hidden: list.settings.language.hiddenText
        )
        return Entity(content: .raw(made?.entity ?? entity))
    }
}
