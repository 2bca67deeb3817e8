import OpenPGP

/// The words that a language has for values of the program.
///
/// A new language is a type that conforms, its texts, and a case of ``TextLanguage``.
protocol TextWords {
    /// What stands between whole and decimal digits.
    static var decimalMark: String { get }
    /// That there is no key.
    static var noKey: String { get }
    /// That an address cannot be read.
    static var unreadableAddress: String { get }
    /// That nothing proves who wrote a message, in a word or two.
    static var unverified: String { get }
    /// The word in front of text that HTML hides.
    static var hiddenText: String { get }
    /// That nobody has given a reason.
    static var noReason: String { get }
    /// That no signature was verified.
    static var noSignature: String { get }
    /// That somebody wrote a post, as a verb behind their address.
    static var wrotePost: String { get }
    /// A copy that waits for the administrator, in a list of copies.
    static var waitingCopy: String { get }
    /// Day, month, year and time of day, with the time zone.
    static func time(_ time: TextTime) -> String
    /// A moment behind "until".
    static func until(_ time: String) -> String
    /// Yes or no.
    static func answer(_ isTrue: Bool) -> String
    /// On or off.
    static func state(_ isOn: Bool) -> String
    /// What somebody asks for, as a verb behind their address.
    static func asks(_ kind: Workflow.Kind) -> String
    /// What somebody has done, as a verb behind their address.
    static func did(_ kind: Workflow.Kind) -> String
    /// What the reader asked for.
    static func wish(_ kind: Workflow.Kind) -> String
    /// Why the list asks the reader for a key.
    static func keyRequest(_ kind: Workflow.Kind) -> String
    /// What a request has shown so far, as a sentence.
    static func shown(_ proof: ShownProof) -> String
    /// What a moderator has decided.
    static func decision(_ decision: HeldDecision) -> String
    /// What speaks against a post, as a clause in lower case.
    static func objection(_ refusal: Refusal) -> String
    /// What was found about one signature.
    static func signature(_ facts: SignatureFacts) -> String
    /// How a message was encrypted.
    static func encryption(_ encryption: SeenEncryption) -> String
    /// Whether a signature proves who wrote a message.
    static func proof(_ isProven: Bool) -> String
    /// How people join.
    static func policy(_ policy: SubscriptionPolicy) -> String
    /// That a subscriber has no key, or one that cannot be used.
    static func keyFault(hasKey: Bool) -> String
    /// Why a key is refused, for the one who sent it.
    static func certificate(_ refusal: CertificateRefusal) -> String
    /// Why a certification of the list's key is refused, for the one who sent it.
    static func certification(_ refusal: CertificationRefusal) -> String
    /// Why a command was not carried out.
    static func problem(_ problem: CommandProblem) -> String
    /// A line above a post: what it is about, and what the list says.
    static func remark(_ remark: PostRemark) -> (label: String, value: String)
    /// Which two settings exclude each other, and what to do.
    static func conflict(_ conflict: SettingConflict) -> String
    /// What kind of value a setting has.
    static func type(_ type: SettingType) -> String
    /// What a mail command does, one sentence.
    static func summary(_ syntax: CommandSyntax) -> String
    /// What stands behind a mail command.
    static func arguments(_ syntax: CommandSyntax) -> String
}
