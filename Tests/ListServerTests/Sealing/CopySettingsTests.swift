import Foundation
import GnuPG
import MIME
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@testable import ListServer

/// What owners decide about copies, seen in a post that was sealed.
@Suite struct CopySettingsTests {
    private let bench: OpenerBench

    init() throws { bench = try OpenerBench() }

    private struct Copy {
        let inside: Part
        let outside: Part
        let text: String

        func inside(_ name: String) -> [String] { inside.fields(named: name).map(\.value) }
        func outside(_ name: String) -> [String] { outside.fields(named: name).map(\.value) }
        func part(_ index: Int) throws -> String {
            String(decoding: try inside.children[index].decodedBody(limit: 1 << 20), as: UTF8.self)
        }
    }

    /// The same post, under other settings each time.
    private func copy(
        _ settings: [String: String],
        subject: String = "a subject",
        isEncapsulated: Bool = false,
        isSubjectProtected: Bool = true
    ) throws -> Copy {
        var list = bench.list
        for (name, value) in settings {
            #expect(ListSettings.named(name)?.set(&list.settings, value) == true, "\(name)")
        }
        let packets =
            isEncapsulated
            ? try bench.alice.encrypt(
                bench.encapsulated("words"),
                to: [OpenerBench.listAddress],
                signed: false
            )
            : isSubjectProtected
                ? try bench.signedInside("words", subject: subject)
                : try bench.alice.encrypt(
                    Array("Content-Type: text/plain\r\n\r\nwords\r\n".utf8),
                    to: [OpenerBench.listAddress]
                )
        let head = "References: <thread@people.test>\r\n"
        let judging = try JudgeBench(bench, list: list)
        guard
            case .accept(let acceptance) = judging.judge(
                Array(head.utf8) + bench.message(around: packets)
            ),
            case .distribute(let post, _) = acceptance.effect
        else { throw SealerError.nothingToSeal }
        let keyring = bench.keys.keyring(of: list)
        let plaintext = try keyring.open(sealed: post.bytes, limit: 1 << 20).plaintext
        let envelope = OuterHeader(list: list, post: post, key: try keyring.publicKey())
        let armor = Armor.armor(post.bytes, kind: .message)
        return Copy(
            inside: try Message(LineEndings.canonical(plaintext)).root,
            outside: try Message(envelope.before + armor + envelope.after).root,
            text: String(decoding: plaintext, as: UTF8.self)
        )
    }

    @Test("a prefix stands in the Subject inside, once, and never outside")
    func prefix() throws {
        for (subject, expected) in [
            ("a subject", "[team] a subject"), ("Re: [team] a subject", "Re: [team] a subject"),
            ("", "[team]"),
        ] {
            let copy = try copy(["subject_prefix": "[team]"], subject: subject)
            #expect(copy.inside("Subject") == ["[alice@people.test] " + expected])
            let plain = try self.copy(
                ["subject_prefix": "[team]", "author_in_subject": "false"],
                subject: subject
            )
            #expect(plain.inside("Subject") == [expected])
            #expect(copy.outside("Subject") == ["[...]"])
        }
    }

    @Test("no Subject of an author stands in front of the proven author")
    func authorInSubject() throws {
        for (subject, expected) in [
            ("minutes", "[alice@people.test] minutes"), ("", "[alice@people.test]"),
            ("[bob@people.test] minutes", "[alice@people.test] minutes"),
            ("Re: [bob@people.test] Re: minutes", "[alice@people.test] Re: minutes"),
        ] {
            #expect(try copy([:], subject: subject).inside("Subject") == [expected])
            let off = try copy(["author_in_subject": "false"], subject: subject)
            #expect(off.inside("Subject") == [subject])
        }
        // What is outside could be anybody's, but who signed is proven.
        let open = try copy([:], isSubjectProtected: false)
        #expect(open.inside("Subject")[0].hasPrefix("[alice@people.test]"))
    }

    @Test("From is the author's name by the list, or the list's alone, and its address always")
    func from() throws {
        for (value, name) in [
            ("author-via-list", "alice@people.test \"alice\""), ("list", "Garden"),
        ] {
            let copy = try copy(["from": value, "display_name": "Garden"])
            let inside = try #require(Mailbox.list(copy.inside("From")[0])).first
            #expect(inside?.displayName == name)
            #expect(inside?.address == bench.list.address)
            #expect(copy.outside("From") == ["Garden <list@lists.test>"])
        }
    }

    @Test("answers go where owners want, and an author's address is never outside")
    func replyTo() throws {
        #expect(try copy([:]).inside("Reply-To").isEmpty)
        let author = try copy(["reply_to": "author"])
        #expect(author.inside("Reply-To") == ["alice@people.test"])
        #expect(author.outside("Reply-To").isEmpty)
        let list = try copy(["reply_to": "list"])
        #expect(list.inside("Reply-To") == ["list@lists.test"])
        #expect(list.outside("Reply-To") == ["list@lists.test"])
        // RFC 9788 §2.2.
        #expect(list.inside("HP-Outer").contains("Reply-To: list@lists.test"))
    }

    @Test("copies tell the facts that owners chose, and whose it is whatever they chose")
    func metadata() throws {
        let all = try copy([:]).part(0)
        for name in ["Posted by: ", "Signature: good", "Encryption: ", "Addressed: "] {
            #expect(all.contains(name))
        }
        let few = try copy(["metadata": "encryption"]).part(0)
        #expect(few.contains("Posted by: ") && few.contains("Encryption: "))
        #expect(!few.contains("Signature: ") && !few.contains("Addressed: "))
        let none = try copy(["metadata": "none"], isEncapsulated: true).part(0)
        #expect(none == "Posted by: alice@people.test \"alice\"\r\n")
        let fields = try copy(["metadata_form": "header"])
        #expect(fields.inside("X-Listseal-Posted-by") == ["alice@people.test \"alice\""])
        #expect(fields.inside("X-Listseal-Signature").count == 1)
        // A line that people see stays in front.
        #expect(fields.inside.children.count == 2)
        #expect(try fields.part(0) == none)
        // What speaks against a post is never in fields alone, which programs hide.
        let unproven = try self.copy(["metadata_form": "header"], isSubjectProtected: false)
        #expect(unproven.inside.children.count == 2)
        #expect(try unproven.part(0).contains("not covered by the author's signature"))
        #expect(fields.outside.headerFields.allSatisfy { !$0.name.hasPrefix("X-Listseal") })
    }

    @Test("a footer is the last part, and stands in what the list signs")
    func footer() throws {
        let copy = try copy(["footer": "one\\ntwo"])
        #expect(copy.inside.children.count == 3)
        #expect(try copy.part(2) == "one\r\ntwo\r\n")
    }

    @Test("an author's Message-ID and thread go on only if owners say so")
    func messageID() throws {
        let own = try copy(["keep_message_id": "true"])
        #expect(own.inside("Message-ID") == ["<1@people.test>"])
        #expect(own.outside("Message-ID") == ["<1@people.test>"])
        #expect(own.inside("References") == ["<thread@people.test>"])
        #expect(own.outside("References").isEmpty)
        let ours = try copy([:])
        #expect(ours.outside("Message-ID").allSatisfy { $0.hasSuffix("@lists.test>") })
        #expect(!ours.inside("References").contains("<thread@people.test>"))
    }

    @Test("the list's key and the fields of lists are left out where owners want less outside")
    func outside() throws {
        let all = try copy([:])
        #expect(all.outside("Autocrypt").count == 1 && all.outside("List-Id").count == 1)
        #expect(try copy(["include_autocrypt": "false"]).outside("Autocrypt").isEmpty)
        let bare = try copy(["include_list_headers": "false"])
        for fields in [bare.outside.headerFields, bare.inside.headerFields] {
            #expect(!fields.contains { $0.name.hasPrefix("List-") })
        }
        // RFC 2369 §3.4: where only owners write, programs offer no answer.
        #expect(all.outside("List-Post") == ["<mailto:list@lists.test>"])
        let announcing = try bench.list(with: ["posting": "owners"])
        let fields = OuterHeader.fields(
            of: bench.sealer.post(PostDraft(.post, of: announcing, OpenerBench.now)),
            from: announcing
        )
        #expect(fields.filter { $0.name == "List-Post" }.map(\.value) == ["NO"])
        // What keeps loops and vacation notices away stays.
        #expect(bare.outside("X-Loop").count == 1 && bare.outside("Precedence") == ["list"])
    }

    @Test("an author's signature goes on as a part of her post, unless owners want it to stay")
    func originalSignature() throws {
        let kept = try copy([:], isEncapsulated: true)
        #expect(kept.inside.children[1].contentType.isType("multipart", "signed"))
        let bare = try copy(["strip_original_sig": "true"], isEncapsulated: true)
        #expect(bare.inside.children[1].contentType.isType("text", "plain"))
        #expect(try bare.part(1).hasPrefix("words"))
        #expect(!bare.text.contains("PGP SIGNATURE"))
        // That it was good is told all the same.
        #expect(try bare.part(0).contains("Signature: good"))
    }
}
