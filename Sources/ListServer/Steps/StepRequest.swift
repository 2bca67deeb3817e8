public import Foundation
public import MailingList
import OpenPGP
import SMTP

/// What the daemon asks the helper: one line of JSON.
public struct StepRequest: Codable, Sendable, Equatable {
    /// Octets of the longest line: a certificate of the largest size, armored, fits.
    static let maximumLength = 512 << 10

    /// The path of the program.
    public let program: String
    /// What the program reads.
    public let input: StepInput

    /// Puts them side by side.
    public init(program: String, input: StepInput) {
        self.program = program
        self.input = input
    }
}

/// What a program of the administrator's reads, as one JSON object, on its standard input.
public struct StepInput: Codable, Sendable, Equatable {
    /// The form of this object; another number will mean another form.
    public var version = 1
    /// The posting address.
    public let list: String
    /// What is decided: `subscription`, `key-change`, `key-update`, `unsubscription`.
    public let action: String
    /// Whose it is.
    public let address: String
    /// The key that it is about, if that has come.
    public let fingerprint: String?
    /// The key that it replaces.
    public let replacing: String?
    /// The names in the key, on one line each.
    public let userIDs: [String]
    /// The key itself, armored.
    public let certificate: String?
    /// What has been done before: only after `key-confirm` is the key proven.
    public let done: [String]
    /// When it began.
    public let created: Date

    /// Takes from a workflow what may leave the daemon: no token, and no digest of one.
    public init(_ workflow: Workflow, of list: MailingList) {
        let certificate = workflow.certificate
        self.list = list.address.description
        action = workflow.kind.rawValue
        address = workflow.address.description
        fingerprint = certificate?.fingerprint.description
        replacing = workflow.signer?.description
        userIDs = certificate?.userIDs.map(\.onOneLine) ?? []
        self.certificate = certificate.map {
            String(decoding: Armor.armor($0.bytes, kind: .publicKey), as: UTF8.self)
        }
        done = workflow.steps.prefix(workflow.position).map(\.rawValue)
        created = workflow.created
    }

    /// One line of JSON, in the same form whoever writes it.
    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Reads what ``encoder()`` writes.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}

/// What a program has decided.
public struct StepResult: Codable, Sendable, Equatable {
    /// The decision.
    public enum Decision: String, Codable, Sendable {
        /// The next step begins.
        case accept
        /// It ends; the person is told the reason.
        case reject
        /// It is asked again later.
        case wait
        /// Nothing is decided: the program is missing, or did not end as it should.
        case failed
    }

    /// Octets of an answer's line.
    static let maximumLength = 8 << 10
    /// Characters of a reason.
    static let maximumReason = 300

    /// The decision.
    public let decision: Decision
    /// For the person if it is rejected, for the administrator if it failed.
    public let reason: String

    /// Puts them side by side; a long reason is cut.
    public init(_ decision: Decision, _ reason: String = "") {
        self.decision = decision
        self.reason = String(reason.onOneLine.prefix(Self.maximumReason))
    }
}
