public import Foundation
public import MailingList
import OpenPGP
import SMTP

/// A request of the daemon to the helper, sent as one line of JSON.
public struct StepRequest: Codable, Sendable, Equatable {
    /// The longest line in octets; the largest certificate fits, armored.
    static let maximumLength = 512 << 10

    /// The path of the program.
    public let program: String
    /// The input of the program.
    public let input: StepInput

    /// Makes a request; nothing is sent before ``StepClient`` sends it.
    public init(program: String, input: StepInput) {
        self.program = program
        self.input = input
    }
}

/// The JSON object that an administrator's program reads from its standard input.
public struct StepInput: Codable, Sendable, Equatable {
    /// The version of this object's format.
    public var version = 1
    /// The list's posting address.
    public let list: String
    /// The kind of workflow: `subscription`, `key-change`, `key-update`, `unsubscription`.
    public let action: String
    /// The address of the person.
    public let address: String
    /// The fingerprint of the person's new key; nil before they have sent one.
    public let fingerprint: String?
    /// The fingerprint of the key that is replaced; nil if there is none.
    public let replacing: String?
    /// The user ids of the key, each on one line.
    public let userIDs: [String]
    /// The armored certificate; nil before the person has sent one.
    public let certificate: String?
    /// The completed steps; the person has proven the key only after `key-confirm`.
    public let done: [String]
    /// The start of the workflow.
    public let created: Date

    /// Copies the values of a workflow that may leave the daemon, without any token.
    public init(_ workflow: Workflow, of list: MailingList) {
        let certificate = workflow.certificate
        self.list = list.address.description
        action = workflow.kind.rawValue
        address = workflow.address.description
        fingerprint = certificate?.fingerprint.description
        replacing = workflow.signer?.description
        userIDs = certificate?.userIDs.map(\.visible) ?? []
        self.certificate = certificate.map {
            String(decoding: Armor.armor($0.bytes, kind: .publicKey), as: UTF8.self)
        }
        done = workflow.steps.prefix(workflow.position).map(\.rawValue)
        created = workflow.created
    }

    /// An encoder for the format of requests and results, one line of JSON.
    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// A decoder for the format of ``encoder()``.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}

/// The decision of a program about a workflow.
public struct StepResult: Codable, Sendable, Equatable {
    /// The decision.
    public enum Decision: String, Codable, Sendable {
        /// The workflow goes on with its next step.
        case accept
        /// The workflow ends, and the person is told the reason.
        case reject
        /// The program will be asked again later.
        case wait
        /// The program is missing or failed, so nothing is decided.
        case failed
    }

    /// The longest line of a result, in octets.
    static let maximumLength = 8 << 10
    /// The most characters of a reason.
    static let maximumReason = 300

    /// The decision.
    public let decision: Decision
    /// The reason: for the person after a rejection, for the administrator after a failure.
    public let reason: String

    /// Makes a result; a reason above ``maximumReason`` is cut.
    public init(_ decision: Decision, _ reason: String = "") {
        self.decision = decision
        self.reason = String(reason.visible.prefix(Self.maximumReason))
    }
}
