import Testing

@testable import OpenPGP

@Suite("ASCII armor") struct ArmorTests {
    private let bytes: [UInt8] = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    @Test("armored octets are decoded unchanged", arguments: ArmorKind.allCases)
    func roundTrip(kind: ArmorKind) throws {
        for count in 0..<bytes.count {
            let part = Array(bytes.prefix(count))
            #expect(try Armor.dearmor(Armor.armor(part, kind: kind), kind: kind) == part)
        }
    }

    @Test("another kind of block, text around it and a second block are refused")
    func strict() throws {
        let block = Armor.armor(bytes, kind: .message)
        func reason(_ armored: [UInt8], _ kind: ArmorKind = .message) -> PacketError.Reason? {
            do throws(PacketError) {
                _ = try Armor.dearmor(armored, kind: kind)
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(reason(block) == nil)
        #expect(reason(Array("\r\n \r\n".utf8) + block + Array("\r\n\r\n".utf8)) == nil)
        #expect(reason(block, .signature) == .wrongArmorKind)
        #expect(reason(Array("text\r\n".utf8) + block) == .notOneArmorBlock)
        #expect(reason(block + Array("text\r\n".utf8)) == .notOneArmorBlock)
        #expect(reason(block + block) == .notOneArmorBlock)
        #expect(reason(Array(block.dropLast(20))) != nil)
        #expect(reason(bytes) == .notOneArmorBlock)
    }

    @Test("a checksum is optional, but a wrong one is refused")
    func checksum() throws {
        let text = String(decoding: Armor.armor(bytes, kind: .message), as: UTF8.self)
        let line = try #require(text.split(separator: "\r\n").first { $0.hasPrefix("=") })
        let wrong = text.replacing(line, with: line == "=AAAA" ? "=BBBB" : "=AAAA")
        let error = #expect(throws: PacketError.self) {
            try Armor.dearmor(Array(wrong.utf8), kind: .message)
        }
        #expect(error?.reason == .armorChecksum)
        let without = text.replacing("\(line)\r\n", with: "")
        #expect(try Armor.dearmor(Array(without.utf8), kind: .message) == bytes)
    }

    @Test("two checksums combine to that of the whole", arguments: [0, 1, 2, 97, 199, 200])
    func combined(split: Int) {
        let tail = bytes.dropFirst(split)
        #expect(
            CRC24.combined(
                CRC24.checksum(of: bytes.prefix(split)),
                CRC24.remainder(of: tail, from: 0),
                shift: CRC24.shift(octets: tail.count)
            ) == CRC24.checksum(of: bytes)
        )
    }

    @Test("a session key is never printed")
    func secret() throws {
        let hex = String(repeating: "A7", count: 32)
        let key = try #require(SessionKey(gnupg: "9:" + hex))
        #expect(!"\(key) \(String(reflecting: key))".contains("A7"))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("167"))
        #expect(SessionKey(gnupg: "9:" + hex.dropLast(2)) == nil)
        #expect(SessionKey(gnupg: "2:" + hex) == nil)
    }
}
