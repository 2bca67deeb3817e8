public import Foundation
public import OpenPGP
public import SMTP

/// One line that the list writes above a post: whose it is, and what the list found.
public enum PostRemark: Sendable, Hashable {
    /// Whose post it is: a name and an address, or an address that cannot be read.
    case postedBy(String?, isProven: Bool)
    /// When the author wrote it.
    case date(Date)
    /// The same, as the author's program wrote it, if it cannot be read.
    case unreadableDate(String)
    /// One signature.
    case signature(SignatureFacts)
    /// That no signature was verified.
    case noSignature
    /// How the post arrived.
    case encryption(SeenEncryption)
    /// What speaks against the post and was overruled.
    case acceptedAlthough([Refusal])
    /// That no signature covers the Subject.
    case subjectNotSigned
    /// Whether a signature says that the post is for this list.
    case addressed(Bool)
    /// To whom outside the list the post was forwarded, or not and why.
    case forwarded(ForwardRemark)
    /// That the list has made the text of the author's HTML, and whether that is attached.
    case madeText(isAttached: Bool)
    /// That a post which arrived in clear is sent encrypted, since its content demands it.
    case notInClear
    /// Why the copies are not what the author has signed and encrypted.
    case signatureNotKept(OriginalObjection)

    /// The line as people read it.
    public func text(in language: TextLanguage) -> String {
        let (label, value) = language.words.remark(self)
        return "\(label): \(value)"
    }

    /// The header field that programs read, without its prefix `X-Listseal-`.
    ///
    /// Names, the names of refusals and moments have the same form in every language.
    public var field: (name: String, value: String) { (fieldName, fieldValue) }

    private var fieldName: String {
        switch self {
        case .postedBy: "Posted-by"
        case .date, .unreadableDate: "Date"
        case .signature, .noSignature: "Signature"
        case .encryption: "Encryption"
        case .acceptedAlthough: "Posted-although"
        case .subjectNotSigned: "Subject"
        case .addressed: "Addressed"
        case .forwarded: "Resent"
        case .madeText: "Text"
        case .notInClear: "In-clear"
        case .signatureNotKept: "Signature-kept"
        }
    }

    private var fieldValue: String {
        switch self {
        case .date(let date): date.formatted(.iso8601)
        case .signature(let facts):
            "\(facts.outcome.rawValue), by key \(facts.primary?.description ?? "unknown"), "
                + "made \(facts.created.formatted(.iso8601))"
        case .acceptedAlthough(let refusals):
            refusals.map(\.rawValue).joined(separator: ", ")
        case .notInClear: "no: " + TextLanguage.english.words.remark(self).value
        case .signatureNotKept: "no: " + TextLanguage.english.words.remark(self).value
        case .postedBy, .unreadableDate, .noSignature, .encryption, .subjectNotSigned, .addressed,
            .forwarded, .madeText:
            TextLanguage.english.words.remark(self).value
        }
    }
}

/// What became of an author's order to forward a post.
public enum ForwardRemark: Sendable, Hashable {
    /// Why nobody receives it.
    public enum Objection: Sendable, Hashable {
        /// No confirmed key has signed and encrypted the post.
        case notProven
        /// The signature does not say that the post is for this list.
        case notBound(to: EmailAddress)
        /// The list does not let its author forward.
        case notAllowed
        /// A moderator has released it, who saw no order.
        case wasHeld
    }

    /// Nobody receives it.
    case toNobody(Objection)
    /// A word of the order is no address, or one too many.
    case notAnAddress(String)
    /// The post is too large for so many recipients.
    case tooLarge(EmailAddress)
    /// The address is that of a list.
    case isList(EmailAddress)
    /// No owner has set a key for the address.
    case noKey(EmailAddress)
    /// The key of the address cannot be used now.
    case unusableKey(EmailAddress)
    /// It is sent, encrypted with this key.
    case encrypted(EmailAddress, Fingerprint)
    /// It is sent in clear, as its author wrote.
    case clear(EmailAddress)
}

/// Why a copy cannot be what its author has signed and encrypted.
public enum OriginalObjection: Sendable, Hashable, CaseIterable {
    /// The administrator has not named the author's domain.
    case otherDomain
    /// The author's confirmed key has not signed it.
    case notProven
    /// The list must say something above the post.
    case hasRemarks
    /// It is not one signature over the whole of one encrypted message.
    case otherForm
    /// The signature names the list's key as its only reader.
    case forListAlone
    /// The keys of other people are in it.
    case hasGossip
    /// Date is not the time of the signature.
    case otherDate
}
