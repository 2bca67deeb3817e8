import Foundation
import Testing

@testable import PostfixSetup

@Suite("Address table")
struct AddressMapTests {
    @Test("Every role of a list goes to the gate")
    func roles() throws {
        let map = try AddressMap(
            addresses: .of(["Club@Lists.Example"]),
            dedicatedDomains: ["lists.example"]
        )
        #expect(
            map.text == """
                # Made by listseal from its lists; what is written here is lost.
                club@lists.example  club=lists.example@listseal.invalid
                club-request@lists.example  club-request=lists.example@listseal.invalid
                club-owner@lists.example  club-owner=lists.example@listseal.invalid
                club-join@lists.example  club-join=lists.example@listseal.invalid
                club-leave@lists.example  club-leave=lists.example@listseal.invalid
                club-confirm@lists.example  club-confirm=lists.example@listseal.invalid
                club-bounces@lists.example  club-bounces=lists.example@listseal.invalid
                club-sendkey@lists.example  club-sendkey=lists.example@listseal.invalid
                postmaster@lists.example  postmaster=lists.example@listseal.invalid
                abuse@lists.example  abuse=lists.example@listseal.invalid

                """
        )
    }

    @Test("A shared domain keeps its postmaster")
    func shared() throws {
        let map = try AddressMap(addresses: .of(["club@local.example"]), dedicatedDomains: [])
        #expect(!map.text.contains("postmaster"))
        #expect(!map.text.contains("abuse"))
    }

    @Test("Each address occurs once, whatever the order of the lists")
    func order() throws {
        let lists = ["a@x.example", "a-request@x.example", "b@y.example"]
        let map = try AddressMap(addresses: .of(lists), dedicatedDomains: [])
        let reversed = try AddressMap(addresses: .of(lists.reversed()), dedicatedDomains: [])
        #expect(map == reversed)
        #expect(map.addresses.count == Set(map.addresses).count)
        #expect(map.addresses.contains("a-request-request@x.example"))
    }

    @Test(
        "A name with another meaning in a Postfix table is refused",
        arguments: [
            "#club@x.example", "a%b@x.example", "a!b@x.example", "\"a b\"@x.example",
            "a$b@x.example",
            "a/b@x.example", "{a}@x.example",
        ]
    )
    func unusable(list: String) {
        #expect(throws: PostfixSetupError.self) {
            try AddressMap(addresses: .of([list]), dedicatedDomains: [])
        }
    }

    @Test(
        "Addresses with tokens reach their role, whatever the delimiter",
        arguments: ["", "+", "-", "+-"]
    )
    func tokens(delimiter: String) throws {
        let postfix = try PrivatePostfix(main: "recipient_delimiter = \(delimiter)\n")
        try postfix.attach("c.lub@lists.example")
        let installation = try #require(try postfix.installation)
        #expect((installation.patternPath == nil) == (delimiter == "+"))
        guard let path = installation.patternPath else { return }
        let instance = try PostfixInstance(directory: postfix.directory)
        #expect(
            try instance.look(up: "c.lub-bounces+Abc234@lists.example", in: "regexp:\(path)")
                == "c.lub-bounces=lists.example+Abc234@listseal.invalid"
        )
        for other in [
            "cxlub-bounces+a@lists.example", "c.lub+a@lists.example", "lists.example",
            "c.lub-bounces+a@lists.example.org", "a@c.lub-bounces+a@lists.example",
        ] {
            #expect(try instance.look(up: other, in: "regexp:\(path)") == nil)
        }
    }

    @Test("The table follows the lists, and belongs to the service user")
    func write() throws {
        let postfix = try PrivatePostfix(main: "recipient_delimiter = +\n")
        try postfix.attach("club@lists.example")
        let installation = try #require(try postfix.installation)
        try AddressMap.write(
            addresses: .of(["club@lists.example", "choir@lists.example"]),
            installation: installation
        )
        let instance = try PostfixInstance(directory: postfix.directory)
        let table = "\(installation.mapType):\(installation.mapPath)"
        #expect(
            try instance.look(up: "choir-owner@lists.example", in: table)
                == "choir-owner=lists.example@listseal.invalid"
        )
        let directory = (installation.mapPath as NSString).deletingLastPathComponent
        for file in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let attributes = try FileManager.default
                .attributesOfItem(atPath: directory + "/" + file)
            #expect(attributes[.ownerAccountName] as? String == postfix.user)
            #expect(attributes[.posixPermissions] as? Int == 0o644)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 2)
    }
}
