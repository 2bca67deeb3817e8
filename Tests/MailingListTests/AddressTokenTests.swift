import MailingList
import TestSupport
import Testing

@Suite struct AddressTokenTests {
    @Test("a token is read in any case, because MTAs fold it")
    func folding() throws {
        let token = try #require(AddressToken("ABCDEFGHIJKLMNOP2345"))
        #expect(token.description == "abcdefghijklmnop2345")
        #expect(token == AddressToken("abcdefghijklmnop2345"))
    }

    @Test(
        "what cannot be a token is none",
        arguments: [
            "", "abc", "abcdefghijklmnop234", "abcdefghijklmnop23456", "abcdefghijklmnop2348",
            "abcdefghijklmnop234=", " abcdefghijklmnop234", "abcdefghijklmnop234\n",
            "ábcdefghijklmnop2345", "abcdefghijklmnop234\u{301}",
        ]
    )
    func refused(text: String) {
        #expect(AddressToken(text) == nil)
    }

    @Test("a drawn token is one that can be read, and uses every character")
    func random() throws {
        var generator = RandomSource()
        var seen: Set<Character> = []
        for _ in 0..<200 {
            let token = AddressToken.random(using: &generator)
            #expect(AddressToken(token.description) == token)
            seen.formUnion(token.description)
        }
        #expect(seen == Set("abcdefghijklmnopqrstuvwxyz234567"))
    }

    @Test("five bits of each number make one character")
    func bits() {
        var generator = Constant(value: 0xffff_ffff_ffff_ffe1)
        #expect(
            AddressToken.random(using: &generator).description
                == String(repeating: "b", count: AddressToken.length)
        )
    }

    private struct Constant: RandomNumberGenerator {
        let value: UInt64
        mutating func next() -> UInt64 { value }
    }
}
