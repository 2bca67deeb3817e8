import MailingList
import SMTP
import TestSupport
import Testing

@Suite struct ListAddressTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let written: String
        let meanings: [String]
        var testDescription: String { written }

        init(_ written: String, _ meanings: String...) {
            self.written = written
            self.meanings = meanings
        }
    }

    @Test(
        "an address is read as a list first, and then as a role of one",
        arguments: [
            Reading("a@lists.example", "a@lists.example posting"),
            Reading(
                "a-request@lists.example",
                "a-request@lists.example posting",
                "a@lists.example request"
            ),
            Reading(
                "A-Owner@Lists.Example",
                "A-Owner@Lists.Example posting",
                "A@Lists.Example owner"
            ),
            Reading(
                "a-b-join@lists.example",
                "a-b-join@lists.example posting",
                "a-b@lists.example join"
            ),
            Reading(
                "a-leave@lists.example",
                "a-leave@lists.example posting",
                "a@lists.example leave"
            ),
            Reading(
                "a-SENDKEY@lists.example",
                "a-SENDKEY@lists.example posting",
                "a@lists.example sendkey"
            ),
            Reading(
                "a-bounces+Token@lists.example",
                "a-bounces+Token@lists.example posting",
                "a-bounces@lists.example posting",
                "a@lists.example bounces Token"
            ),
            Reading(
                "a-confirm+x+y@lists.example",
                "a-confirm+x+y@lists.example posting",
                "a-confirm@lists.example posting",
                "a@lists.example confirm x+y"
            ),
            Reading(
                "a-bounces@lists.example",
                "a-bounces@lists.example posting",
                "a@lists.example bounces "
            ),
            Reading(
                "a+tag@lists.example",
                "a+tag@lists.example posting",
                "a@lists.example posting"
            ),
            Reading("+a@lists.example", "+a@lists.example posting"),
            // A suffix alone is a name.
            Reading("-request@lists.example", "-request@lists.example posting"),
            Reading("a-requests@lists.example", "a-requests@lists.example posting"),
            Reading(
                "Postmaster@lists.example",
                "Postmaster@lists.example posting",
                "Postmaster@lists.example postmaster"
            ),
            Reading(
                "abuse@lists.example",
                "abuse@lists.example posting",
                "abuse@lists.example abuse"
            ),
            Reading("\"a b-request\"@lists.example", "\"a b-request\"@lists.example posting"),
        ]
    )
    func candidates(_ reading: Reading) throws {
        let address = try #require(EmailAddress(reading.written))
        #expect(ListAddress.candidates(for: address).map(Self.text) == reading.meanings)
    }

    @Test(
        "behind the gate an address means the same, in the case that the client wrote",
        arguments: [
            ("a=lists.example@listseal.invalid", "a@lists.example"),
            ("A-Owner=Lists.Example@LISTSEAL.invalid", "A-Owner@Lists.Example"),
            ("a-bounces=lists.example+Token@listseal.invalid", "a-bounces+Token@lists.example"),
            ("a=b-request=lists.example@listseal.invalid", "a=b-request@lists.example"),
            ("a+x=lists.example@listseal.invalid", "a+x@lists.example"),
            ("postmaster=lists.example@listseal.invalid", "postmaster@lists.example"),
        ]
    )
    func gate(gated: String, ordinary: String) throws {
        let behind = ListAddress.candidates(for: try #require(EmailAddress(gated)))
        let before = ListAddress.candidates(for: try #require(EmailAddress(ordinary)))
        #expect(behind.map(Self.text) == before.map(Self.text))
        #expect(!behind.isEmpty)
    }

    @Test(
        "what has not the form of the gate means nothing there",
        arguments: ["a", "a=", "a=-b", "a=+b", "=lists.example", "=", "=+x"]
    )
    func outside(localPart: String) throws {
        let address = try #require(EmailAddress(localPart + "@listseal.invalid"))
        #expect(ListAddress.candidates(for: address).map(Self.text) == [])
    }

    @Test(
        "what a role's address says is read back as that role",
        arguments: [
            (ListRole.posting, "a@lists.example"), (.request, "a-request@lists.example"),
            (.owner, "a-owner@lists.example"), (.join, "a-join@lists.example"),
            (.leave, "a-leave@lists.example"), (.sendkey, "a-sendkey@lists.example"),
            (.confirm(token: "abc"), "a-confirm+abc@lists.example"),
            (.bounces(token: "abc"), "a-bounces+abc@lists.example"),
            (.bounces(token: ""), "a-bounces@lists.example"),
        ]
    )
    func roundTrip(role: ListRole, address: String) throws {
        let list = try #require(EmailAddress("a@lists.example"))
        let made = ListAddress(list: list, role: role)
        #expect(made.address.description == address)
        #expect(ListAddress.candidates(for: made.address).contains(made))
    }

    @Test("the longest name leaves room for the reverse-path of its copies")
    func longest() throws {
        let name = String(repeating: "n", count: MailingList.maximumNameLength)
        let list = try #require(EmailAddress(name + "@lists.example"))
        let token = String(repeating: "a", count: AddressToken.length)
        let address = ListAddress(list: list, role: .bounces(token: token)).address
        #expect(address.description == "\(name)-bounces+\(token)@lists.example")
        #expect(address.localPart.utf8.count == EmailAddress.maximumLocalPartLength)
    }

    @Test("an address that would be too long is the list's own, nobody else's")
    func tooLong() throws {
        let list = try #require(EmailAddress(String(repeating: "n", count: 64) + "@lists.example"))
        #expect(ListAddress(list: list, role: .request).address == list)
    }

    @Test("the List-Id is the address with a dot, in lower case")
    func listID() throws {
        #expect(
            MailingList.listID(of: try #require(EmailAddress("News.A@Lists.Example")))
                == "news.a.lists.example"
        )
    }

    private static func text(_ address: ListAddress) -> String {
        let token: String
        switch address.role {
        case .confirm(let text), .bounces(let text): token = " " + text
        case .posting, .request, .owner, .join, .leave, .sendkey, .postmaster, .abuse: token = ""
        }
        return "\(address.list) \(address.role.name)\(token)"
    }
}
