import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import PostfixSetup
import SMTP
import SQLiteStore

/// What most commands need: the store and the keys of a state directory.
struct Administration {
    let state: StateDirectory
    let store: any ListStore
    let keys: ListKeys

    /// Opens the state directory, and makes it if it is not there.
    init(_ options: StateOptions) throws {
        state = options.directory
        do {
            try state.create()
            store = try SQLiteStore(path: state.database)
            keys = try ListKeys(state: state)
        } catch {
            throw CommandFailure(
                "the state directory \(state.path) cannot be used: \(error)",
                hint: "run as the user of the service, or name another one with --state"
            )
        }
    }

    /// The key of the keyed digests, made when it is first asked for.
    func digestKey() throws -> DigestKey {
        try DigestKey.load(orMakeAt: state.digestKey)
    }

    /// What seals for the lists.
    func sealer() throws -> Sealer {
        Sealer(
            keys: keys,
            digestKey: try digestKey(),
            certifications: store.certifications,
            texts: TextCatalog(directory: state.texts)
        )
    }

    /// Keeps the revocation certificate of a list's key, to be carried off this host.
    ///
    /// - Returns: Where it lies.
    func keepRevocation(of keyring: ListKeyring) throws -> String {
        let path = state.revocations + "/\(keyring.fingerprint).asc"
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data(try keyring.revocationCertificate()),
                attributes: [.posixPermissions: 0o600]
            )
        else {
            throw CommandFailure(
                "\(path) cannot be written",
                hint: "it holds what revokes the list's key; give this user the directory"
            )
        }
        return path
    }

    /// The list at an address that somebody typed.
    func list(at text: String) throws -> MailingList {
        guard let list = try store.list(at: try address(text)) else {
            throw CommandFailure(
                "there is no list \(text)",
                hint: "'listseal lists' prints those that there are"
            )
        }
        return list
    }

    /// An address that somebody typed.
    func address(_ text: String) throws -> EmailAddress {
        guard let address = EmailAddress(text) else {
            throw CommandFailure(
                "\(text) is not a mail address",
                hint: "write it without a name and brackets: list@lists.example"
            )
        }
        return address
    }

    /// An address that a list can have.
    func postingAddress(_ text: String) throws -> EmailAddress {
        let posting = try address(text)
        guard posting.localPart.utf8.count <= MailingList.maximumNameLength else {
            throw CommandFailure(
                "the name \(posting.localPart) is too long",
                hint: "at most \(MailingList.maximumNameLength) octets before the @, so that "
                    + "reverse-paths fit"
            )
        }
        // Else a post to the one could have been written to the other.
        guard !posting.localPart.contains("+") else {
            throw CommandFailure(
                "a list cannot be called \(posting.localPart)",
                hint: "what stands behind + is an extension of the list in front of it"
            )
        }
        guard ListedAddresses.isUsable(posting) else {
            throw CommandFailure(
                "a list cannot be called \(posting.localPart)",
                hint: "Postfix reads # ! % $ / | { } and quotes in another way: leave them out"
            )
        }
        return posting
    }

    /// An address that a list can have beside those that there are.
    ///
    /// Throws ``CommandFailure`` if it is one of another list's, in whatever role, or if one
    /// of its own roles would be: `a-request` is a role of `a`, and cannot be a list too.
    func freeAddress(_ text: String, for list: MailingList? = nil) throws -> EmailAddress {
        let posting = try postingAddress(text)
        for candidate in ListAddress.candidates(for: posting) {
            switch candidate.role {
            // Whose these are depends on the domain, not on a list.
            case .postmaster, .abuse: continue
            case .posting, .request, .owner, .join, .leave, .confirm, .bounces, .sendkey:
                guard let other = try store.list(at: candidate.list) else { continue }
                // Its own alias can become its address.
                guard other.id == list?.id, candidate.list == posting else {
                    throw CommandFailure.taken(posting, by: other)
                }
            }
        }
        for role in ListRole.named {
            let address = ListAddress(list: posting, role: role).address
            if let other = try store.list(at: address) {
                throw CommandFailure.taken(address, by: other)
            }
        }
        return posting
    }

    /// A person of a list, by an address that somebody typed.
    func subscriber(_ text: String, of list: MailingList) throws -> Subscriber {
        guard let subscriber = try store.subscriber(at: try address(text), of: list.id) else {
            throw CommandFailure(
                "\(text) is not on \(list.address)",
                hint: "'listseal subscribers \(list.address)' prints who is"
            )
        }
        return subscriber
    }

    /// A certificate in a file, if gpg finds that it can sign and encrypt now.
    ///
    /// Added to what is known of her, if it is the same key.
    func certificate(in path: String, updating old: Certificate? = nil) throws -> Certificate {
        let bytes = try Self.contents(of: path)
        switch try keys.certificates.inspect(bytes, updating: old, now: Date()) {
        case .success(let certificate):
            if let old, old.fingerprint == certificate.fingerprint,
                case .failure(let end) = try keys.certificates.inspect(
                    certificate.bytes,
                    now: Date()
                )
            {
                OutputOptions.note(
                    "taken as the end of a known key: \(end); posts, or copies, end with it"
                )
            }
            return certificate
        case .failure(let refusal):
            throw CommandFailure(
                "the key in \(path) is not taken: \(refusal)",
                hint: "export it anew with 'gpg --armor --export FINGERPRINT'"
            )
        }
    }

    /// The octets of a file.
    static func contents(of path: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandFailure(
                "\(path) cannot be read: \(error.localizedDescription)",
                hint: "check the name and the permissions of the file"
            )
        }
    }

    /// Everybody on a list, a page at a time.
    func forEachSubscriber(of list: MailingList, _ body: (Subscriber) throws -> Void) throws {
        var last: Subscriber.ID = 0
        while true {
            let page = try store.subscribers(of: list.id, after: last, limit: 200)
            guard let end = page.last else { return }
            last = end.id
            for subscriber in page { try body(subscriber) }
        }
    }
}
