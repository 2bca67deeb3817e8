import Foundation
import MailingList
import SMTP
import Testing

@Suite struct RefusalTests {
    @Test(
        "each refusal has its reply",
        arguments: [
            (.loop, "554 5.4.6 This list has received this message before"),
            (.tooLarge, "552 5.3.4 The message is too large for this list"),
            (.malformed, "554 5.6.0 The message is not well formed"),
            (
                .notEncrypted,
                "523 5.7.10 This list accepts only mail that is encrypted with its key"
            ),
            (.notDecryptable, generic), (.malformedInside, generic), (.unsigned, generic),
            (.notSubscribed, generic), (.fromMismatch, generic), (.foreignSignature, generic),
            (.invalidSignature, generic), (.staleSignature, generic),
            (.expiredSignature, generic), (.revokedSignature, generic), (.notAllowed, generic),
            (.moderated, generic), (.emergency, generic),
            (.addressedElsewhere, generic), (.replay, generic),
            (.unknownAddress, "550 5.1.1 No such address here"),
            (.automatic, "550 5.7.1 This address does not accept automatic mail"),
            (
                .commandRefused,
                "550 5.7.1 We could not accept this. If you answered a mail from the list: reply from the "
                    + "same address, keep its text, and sign with your key. For help, send a mail "
                    + "with the Subject \"help\"."
            ),
        ] as [(Refusal, String)]
    )
    func reply(refusal: Refusal, text: String) {
        #expect(refusal.reply.description == text)
    }

    @Test("all that depends on decryption or membership looks the same from outside")
    func oracle() {
        // These can be seen without a key and without knowing who is on the list.
        let visible: Set<Refusal> = [
            .loop, .tooLarge, .malformed, .notEncrypted, .inline, .unknownAddress, .automatic,
            .commandRefused,
        ]
        // What was encrypted has this size for its proven author alone.
        let toAuthor: Set<Refusal> = [.copyTooLarge]
        let hidden = Refusal.allCases.filter { !visible.union(toAuthor).contains($0) }
        #expect(hidden.count == 17)
        #expect(Set(hidden.map(\.reply)).count == 1)
        #expect(visible.isDisjoint(with: Refusal.allCases.filter { $0.reply == hidden[0].reply }))
    }

    @Test("every refusal is permanent, and has an explanation of its own")
    func explanations() {
        #expect(Refusal.allCases.allSatisfy { $0.reply.isPermanent })
        #expect(Refusal.allCases.allSatisfy { $0.reply.enhanced != nil })
        let explanations = Refusal.allCases.map(\.explanation)
        #expect(Set(explanations).count == explanations.count)
        #expect(explanations.allSatisfy { $0.hasSuffix(".") })
    }

    @Test("the manual's table is what the code says")
    func manual() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/MailingList/Documentation.docc/Refusals.md")
        let manual = try String(contentsOf: file, encoding: .utf8)
        #expect(manual.hasSuffix("\n\n" + Refusal.table), "it should end so:\n\(Refusal.table)")
    }

    private static let generic =
        "550 5.7.1 Posts must be encrypted to the list and signed by a subscriber's key"
}
