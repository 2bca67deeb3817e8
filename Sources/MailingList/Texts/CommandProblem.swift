public import OpenPGP
public import SMTP

/// Why a mail command was not carried out, for the person who sent it.
///
/// A string stands for words that come from elsewhere, which no language translates.
public enum CommandProblem: Sendable, Hashable, CustomStringConvertible,
    ExpressibleByStringInterpolation
{
    /// Words from elsewhere.
    case words(String)
    /// The signature does not say that the mail is for this list.
    case notBound(to: EmailAddress)
    /// The signature does not cover the Subject, in which the command stands.
    case subjectNotSigned
    /// Two commands of one mail change the same thing.
    case needsOwnMail
    /// The argument is no address.
    case notAnAddress
    /// The attached key is not covered by the signature.
    case keyNotSigned
    /// There is no key attached.
    case noKey
    /// There are this many keys attached.
    case severalKeys(Int)
    /// The attached key cannot be used.
    case badKey(CertificateRefusal)
    /// No owner has set a key for that address.
    case noContactKey
    /// A change of the key has begun already.
    case changePending
    /// The attached key is the confirmed one.
    case sameKey
    /// Another address of the list has this key.
    case keyOfAnother
    /// The subscriber has another confirmed key by now.
    case hasOtherKey
    /// The request reached the step that proves the key without one.
    case keyMissing
    /// Nobody with that address has a key on the list.
    case unknownAddress
    /// No revocation of the confirmed key is attached.
    case noRevocation
    /// No newer copy of the confirmed key is attached.
    case noNewerKey
    /// The list's key is not attached exactly once.
    case noListKey
    /// The certification of the list's key cannot be published.
    case badCertification(CertificationRefusal)
    /// The argument is neither `on` nor `off`.
    case onOrOff
    /// Nothing waits for this decision any more.
    case nothingWaits
    /// The message has no content that could be distributed.
    case noContent
    /// The post is refused for a reason that no moderator can overrule.
    case refused(Refusal)
    /// Somebody has changed the stored post.
    case changedPost(HeldPost.ID)
    /// There is no setting of this name.
    case unknownSetting(String)
    /// A program of the host can only be set on the host.
    case programOnHost
    /// The setting can only be changed on the host.
    case onHost(String)
    /// The list can only be paused on the host.
    case pauseOnHost
    /// The setting does not accept this value.
    case notAValue(String, of: String, SettingType)
    /// Two settings exclude each other.
    case conflict(SettingConflict)

    /// The same as ``words(_:)``.
    public init(stringLiteral value: String) { self = .words(value) }

    /// The problem in the words of a language, as a clause without a full stop at its end.
    public func text(in language: TextLanguage) -> String { language.words.problem(self) }

    /// The problem in English, for the host.
    public var description: String { text(in: .english) }
}
