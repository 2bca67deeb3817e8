import Foundation
import GnuPG
import MIME
import MailingList
import OpenPGP
import SMTP

/// Judging signatures: over what, and by whose certificate.
extension MessageOpener {
    func verify(
        _ signed: SignedEntity,
        outside: Part,
        list: MailingList,
        into facts: inout OpenedMessage
    ) throws {
        if let fault = Self.signedTextFault(signed.signedBytes) {
            facts.structure.fault = .inside(fault)
            return
        }
        // A signature over something else than a message is none.
        guard Self.isEntity(signed.content) else { return }
        if try verify(signed.signature, over: signed.signedBytes, list: list, into: &facts) {
            facts.signatures.extent = "the first part of a multipart/signed"
            protect(signed.content, in: &facts)
        }
    }

    func verify(
        _ text: ClearSigned,
        outside: Part,
        list: MailingList,
        into facts: inout OpenedMessage
    ) throws {
        guard let entity = text.entity, let payload = try? Message(entity).root else { return }
        facts.structure.layers.append("clear-signed text")
        facts.content = content(payload: payload, outside: outside)
        if try verify(text.signature, over: text.signedBytes, list: list, into: &facts) {
            facts.signatures.extent = "the text"
        }
    }

    /// Says whether signatures over these octets were judged at all.
    func verify(
        _ armored: [UInt8],
        over content: [UInt8],
        list: MailingList,
        into facts: inout OpenedMessage
    ) throws -> Bool {
        let signature: [UInt8]
        do {
            signature = try Armor.dearmor(armored, kind: .signature)
            let scan = try DetachedSignatureScan(signature)
            facts.signatures.intendedRecipients += scan.signatures.compactMap(\.intendedRecipients)
        } catch {
            // An unreadable signature is none.
            return false
        }
        let result = try verify(
            by: facts.signatures.certificates,
            noting: &facts.signatures.verifier
        ) {
            try keys.certificates.verify(detached: signature, over: content, by: $0)
        }
        switch result {
        case .success(let verified):
            note(verified.signatures, over: content, list: list, in: &facts)
            return true
        case .failure(.engineFailed): throw EngineFailed()
        case .failure(let refusal):
            facts.structure.fault = .inside("\(refusal)")
            return false
        }
    }

    // One at a time, each in a home of its own: a certificate among others can make
    // another's signatures bad, or its own good.
    func verify(
        by certificates: [Certificate],
        noting verifier: inout Certificate?,
        _ verify: (Certificate?) throws -> Result<Verified, OpenRefusal>
    ) throws -> Result<Verified, OpenRefusal> {
        willVerify()
        var first: Result<Verified, OpenRefusal>?
        for certificate in certificates {
            let result = try verify(certificate)
            if case .success(let value) = result, !value.signatures.isEmpty,
                value.signatures.allSatisfy({ $0.outcome == .good })
            {
                verifier = certificate
                return result
            }
            if first == nil { first = result }
        }
        return try first ?? verify(nil)
    }

    func note(
        _ signatures: [SignatureFacts],
        over bytes: [UInt8],
        list: MailingList,
        in facts: inout OpenedMessage
    ) {
        facts.signatures.all = signatures
        facts.signatures.claims = signatures.compactMap { signature in
            // Also of one whose time is over, which owners can let pass.
            guard signature.outcome.isVerified, let primary = signature.primary else {
                return nil
            }
            return SignatureClaim(
                list: list,
                primary: primary,
                signed: signature.created,
                content: bytes
            )
        }
    }
}
