import Foundation
import GnuPG
import MIME
public import MailingList
import OpenPGP
import SMTP

/// Opens a message for one list: decrypts, verifies, and says what it found.
///
/// It has no opinion and changes nothing. Plaintext leaves it only if every
/// structural check passed; whether the signatures are good is for the policies.
/// Throws only what is our own failure, or an engine that failed without saying
/// whose fault it is.
public struct MessageOpener: Sendable {
    /// The engine died without saying whose fault it was.
    struct EngineFailed: Error {}

    /// Octets of plaintext for each octet of message: base64 shrinks, zlib grows.
    ///
    /// Above it, and above the least, gpg is stopped.
    static let maximumExpansion = 20
    /// Octets of plaintext that any message may have.
    static let leastPlaintextLimit = 1 << 20
    /// Octets of one line in what was signed: gpg does not hash what is beyond.
    static let maximumSignedLine = 19_000

    private let store: any ListStore
    let keys: ListKeys
    /// Called before a signature is verified: until then the work is the same for members and
    /// strangers.
    var willVerify: @Sendable () -> Void = {}

    /// Opens with these keys, and asks this store who the author is.
    public init(store: any ListStore, keys: ListKeys) {
        self.store = store
        self.keys = keys
    }

    /// What a message is opened for.
    public enum Purpose: Sendable, Hashable {
        /// To be a post, or mail to the owners.
        case post
        /// To be read for commands: also as people wrote before PGP/MIME, and signed by
        /// keys that are not proven yet.
        case commands
    }

    /// Opens a message as far as it goes.
    public func open(
        _ received: ReceivedMessage,
        for list: MailingList,
        as purpose: Purpose = .post
    ) throws -> OpenedMessage {
        var facts = OpenedMessage(size: received.size)
        // Nothing is parsed that is refused for its size alone.
        guard received.size <= list.settings.maximumMessageSize else { return facts }
        let message: Message
        do {
            message = try Message(received.bytes)
        } catch {
            facts.structure.fault = .outside("\(error)")
            return facts
        }
        let root = message.root
        try note(outsideOf: root, received, for: list, as: purpose, in: &facts)
        try removeLayers(of: root, for: list, as: purpose, into: &facts)
        if purpose == .post, let content = facts.content {
            facts.structure.hasStatement = Self.hasStatement(content.entity)
        }
        return facts
    }

    // The fields that everybody on the way could write.
    private func note(
        outsideOf root: Part,
        _ received: ReceivedMessage,
        for list: MailingList,
        as purpose: Purpose,
        in facts: inout OpenedMessage
    ) throws {
        facts.structure.outline = Self.outline(root)
        facts.structure.isSetupMessage = Self.isSetupMessage(root)
        note(loopsIn: root, in: &facts)
        facts.outside.from = mailboxes(root, "From").map(\.address)
        facts.outside.listID = root.field(named: "List-Id").map { Self.identifier(in: $0.value) }
        facts.outside.hasNullReversePath = received.hasNullReversePath
        facts.outside.isAutomatic = AutomaticMail.isAutomatic(root)
        facts.outside.isAutomaticReply = received.hasNullReversePath || AutomaticMail.isReply(root)
        facts.outside.spamVerdict = Self.spamVerdict(root)
        guard facts.outside.from.count == 1, let address = facts.outside.from.first else { return }
        facts.outside.author = try store.subscriber(at: address, of: list.id)
        facts.signatures.certificates = [facts.outside.author?.certificate].compactMap(\.self)
        guard purpose == .commands else { return }
        facts.signatures.certificates += try store.unprovenCertificates(of: address, in: list.id)
        facts.outside.autocryptKey = AutocryptField.key(in: root, from: address)
    }

    private func removeLayers(
        of root: Part,
        for list: MailingList,
        as purpose: Purpose,
        into facts: inout OpenedMessage
    ) throws {
        let limit = Self.plaintextLimit(for: facts.outside.size, in: list)
        let armored: [UInt8]
        let inside: Inside
        switch PGPMIME(root, limit: limit) {
        case .none:
            guard let inline = InlinePGP(root, limit: limit) else {
                facts.content = content(payload: root, outside: root, isCovered: false)
                if purpose == .commands,
                    let text = ClearSigned(root, limit: CommandReader.maximumText)
                {
                    try verify(text, outside: root, list: list, into: &facts)
                }
                return
            }
            facts.structure.isInline = true
            guard list.settings.opensInline || purpose == .commands else { return }
            facts.structure.layers.append("inline PGP encrypted")
            (armored, inside) = (inline.message, .text(inline))
        case .malformed(let fault):
            facts.structure.fault = .outside("\(fault)")
            return
        case .signed(let signed):
            facts.structure.layers.append("PGP/MIME signed")
            facts.content = content(payload: root, protected: signed.content, outside: root)
            return try verify(signed, outside: root, list: list, into: &facts)
        case .encrypted(let message):
            facts.structure.layers.append("PGP/MIME encrypted")
            (armored, inside) = (message, .entity)
        }
        try decrypt(armored, as: inside, outside: root, list: list, limit: limit, into: &facts)
    }

    /// What is inside the encryption, if all is well.
    private enum Inside {
        /// A MIME entity.
        case entity
        /// A text, which becomes an entity of ours.
        case text(InlinePGP)
    }

    private func decrypt(
        _ armored: [UInt8],
        as inside: Inside,
        outside: Part,
        list: MailingList,
        limit: Int,
        into facts: inout OpenedMessage
    ) throws {
        let packets: [UInt8]
        let scan: EncryptedMessageScan
        do {
            packets = try Armor.dearmor(armored, kind: .message)
            scan = try EncryptedMessageScan(packets)
        } catch {
            facts.encryption.result = .failed("packets outside: \(error)")
            return
        }
        let unwrapped: (bytes: [UInt8], isByCurrentKey: Bool)
        switch try unwrap(packets, scan, for: list, limit: limit) {
        case .success(let result): unwrapped = result
        case .failure(.engineFailed): throw EngineFailed()
        case .failure(let refusal):
            facts.encryption.result = .failed("\(refusal)")
            return
        }
        // A signature may only be believed of what has exactly one meaning.
        let message: UnwrappedMessage
        do {
            message = try UnwrappedMessage(unwrapped.bytes, limit: limit)
        } catch {
            facts.encryption.result = .opened
            facts.structure.fault = .inside("packets inside: \(error)")
            return
        }
        facts.encryption.result = .opened
        facts.signatures.intendedRecipients += (message.scan.signatures ?? []).compactMap(
            \.intendedRecipients
        )
        guard let verified = try verified(message, limit: limit, noting: &facts) else { return }
        // Whoever encrypts anew chooses the compression: BZip2 must not hide what
        // the signatures say of themselves.
        guard message.scan.kind != .compressed || verified.signatures.isEmpty else {
            facts.structure.fault = .inside("signatures inside BZip2, which is not looked into")
            return
        }
        try read(verified, as: inside, outside: outside, list: list, limit: limit, into: &facts)
        if facts.signatures.claims.isEmpty {
            facts.encryption.ciphertext = scan.ciphertext(in: packets)
        }
        if case .entity = inside, message.scan.kind == .signed, facts.content != nil,
            list.settings.copies.preservesOriginalSignature, unwrapped.isByCurrentKey
        {
            facts.encryption.original = try keys.keyring(of: list).preserved(packets, scan: scan)
        }
    }

    // Nil if the engine says why it does not read the message.
    private func verified(
        _ message: UnwrappedMessage,
        limit: Int,
        noting facts: inout OpenedMessage
    ) throws -> Verified? {
        let result = try verify(
            by: facts.signatures.certificates,
            noting: &facts.signatures.verifier
        ) {
            try keys.certificates.verify(message: message.packets, by: $0, limit: limit)
        }
        switch result {
        case .success(let value): return value
        case .failure(.engineFailed): throw EngineFailed()
        case .failure(let refusal):
            facts.structure.fault = .inside("\(refusal)")
            return nil
        }
    }

    // People have the key before for a while: what is not for the new one may be for it.
    private func unwrap(
        _ packets: [UInt8],
        _ scan: EncryptedMessageScan,
        for list: MailingList,
        limit: Int
    ) throws -> Result<(bytes: [UInt8], isByCurrentKey: Bool), OpenRefusal> {
        let result = try keys.keyring(of: list).unwrap(packets, scan: scan, limit: limit)
        guard case .failure(.notForUs) = result, list.previousKey?.opensMail ?? false,
            let previous = keys.previousKeyring(of: list)
        else { return result.map { ($0, true) } }
        return try previous.unwrap(packets, scan: scan, limit: limit).map { ($0, false) }
    }

    private func read(
        _ verified: Verified,
        as inside: Inside,
        outside: Part,
        list: MailingList,
        limit: Int,
        into facts: inout OpenedMessage
    ) throws {
        if let fault = Self.signedTextFault(verified.plaintext) {
            facts.structure.fault = .inside(fault)
            return
        }
        let payload: Part
        do {
            // RFC 3156 §6.1: what is inside may have the line ends of its author.
            payload = try Message(LineEndings.canonical(entity(in: verified, as: inside))).root
        } catch {
            facts.structure.fault = .inside("\(error)")
            return
        }
        facts.structure.outline += Self.outline(payload).map { "inside: " + $0 }
        if Self.isSetupMessage(payload) { facts.structure.isSetupMessage = true }
        facts.structure.hasGossip = !payload.fields(named: "Autocrypt-Gossip").isEmpty
        note(loopsIn: payload, in: &facts)
        guard verified.signatures.isEmpty else {
            guard Self.isEntity(payload) else {
                facts.structure.fault = .inside(
                    "what was signed is no MIME entity: it has no Content-Type"
                )
                return
            }
            note(verified.signatures, over: verified.plaintext, list: list, in: &facts)
            facts.structure.layers.append("OpenPGP signature inside the encryption")
            facts.signatures.extent = "all that was encrypted"
            protect(payload, in: &facts)
            facts.content = content(payload: payload, outside: outside)
            return
        }
        // RFC 3156 §6.1: a multipart/signed inside the encryption.
        switch PGPMIME(payload, limit: limit) {
        case .signed(let signed):
            facts.structure.layers.append("PGP/MIME signed, inside the encryption")
            facts.content = content(payload: payload, protected: signed.content, outside: outside)
            try verify(signed, outside: outside, list: list, into: &facts)
        case .malformed(let fault):
            facts.structure.fault = .inside("\(fault)")
        case .none, .encrypted:
            // Encrypted twice stays opaque: nothing below the top is opened.
            facts.content = content(payload: payload, outside: outside)
        }
    }

    private func entity(in verified: Verified, as inside: Inside) throws(TextFault) -> [UInt8] {
        switch inside {
        case .entity: return verified.plaintext
        case .text(let inline):
            guard let entity = inline.entity(of: verified.plaintext) else { throw TextFault() }
            return entity
        }
    }

    /// Why nothing is released of an inline message.
    private struct TextFault: Error, CustomStringConvertible {
        var description: String { "control characters, or a MIME entity where a text should be" }
    }

    // What is larger than twice the largest copy is no post, and gpg is stopped before it is in
    // memory: a bomb of 6 MB would become 100. Below that its author is told the size.
    private static func plaintextLimit(for size: Int, in list: MailingList) -> Int {
        max(
            leastPlaintextLimit,
            min(
                size.multipliedReportingOverflow(by: maximumExpansion).partialValue,
                2 * list.settings.maximumMessageSize
            )
        )
    }
}
