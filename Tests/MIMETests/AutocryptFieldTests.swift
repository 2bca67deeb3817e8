import Foundation
import MIME
import SMTP
import Testing

@Suite("The Autocrypt field") struct AutocryptFieldTests {
    private static let address = EmailAddress("team@lists.test")

    @Test("the field has the address first and the key last, in short lines")
    func written() throws {
        let key = [UInt8](repeating: 0xa5, count: 700)
        let address = try #require(Self.address)
        let field = try #require(AutocryptField(address: address, keyData: key)?.field)
        let entity = Entity(headerFields: [field], content: .text("x")).serialized()
        let text = String(decoding: entity, as: UTF8.self)
        let header = try #require(text.components(separatedBy: "\r\n\r\n").first)
        #expect(header.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        let value = field.value
        #expect(value.hasPrefix("addr=team@lists.test; prefer-encrypt=mutual; keydata="))
        let data = try #require(value.components(separatedBy: "keydata=").last)
        #expect(Data(base64Encoded: data.replacing(" ", with: "")).map(Array.init) == key)
    }

    @Test(
        "no field is written for a key that readers would ignore",
        arguments: [(7000, true), (8000, false)]
    )
    func large(octets: Int, isWritten: Bool) throws {
        let key = [UInt8](repeating: 0, count: octets)
        let field = AutocryptField(address: try #require(Self.address), keyData: key)
        #expect((field != nil) == isWritten)
    }

    private static let key = Data(repeating: 0xa5, count: 90).base64EncodedString()

    private static func read(_ fields: String) throws -> [UInt8]? {
        let message = "From: team@lists.test\r\n\(fields)\r\n\r\nx\r\n"
        return AutocryptField.key(
            in: try Message(Array(message.utf8)).root,
            from: try #require(address)
        )
    }

    @Test(
        "the field is read if there is only one and its attributes are known",
        arguments: [
            "Autocrypt: addr=team@lists.test; prefer-encrypt=mutual; keydata=\(key)",
            "autocrypt: addr=Team@LISTS.test; _ours=1; keydata=\r\n \(key)",
        ]
    )
    func read(field: String) throws {
        #expect(try Self.read(field)?.count == 90)
    }

    @Test(
        "a field with an ambiguous meaning is ignored",
        arguments: [
            "Autocrypt: addr=team@lists.test; keydata=\(key)\r\n"
                + "Autocrypt: addr=team@lists.test; keydata=\(key)",
            "Autocrypt: addr=other@lists.test; keydata=\(key)", "Autocrypt: keydata=\(key)",
            "Autocrypt: addr=team@lists.test; colour=red; keydata=\(key)",
            "Autocrypt: addr=team@lists.test; keydata=\(key); prefer-encrypt=mutual",
            "Autocrypt: addr=team@lists.test; keydata=?\(key)",
            "Autocrypt: addr=team@lists.test; keydata=\(key)"
                + String(repeating: "\r\n " + String(repeating: "A", count: 900), count: 12),
            "Autocrypt-Gossip: addr=team@lists.test; keydata=\(key)", "Subject: \(key)",
        ]
    )
    func notRead(fields: String) throws {
        #expect(try Self.read(fields) == nil)
    }
}
