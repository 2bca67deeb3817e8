import Foundation

/// What an armor block holds.
public enum ArmorKind: String, Sendable, Hashable, CaseIterable {
    /// Encrypted or signed data.
    case message = "PGP MESSAGE"
    /// A detached signature.
    case signature = "PGP SIGNATURE"
    /// A certificate.
    case publicKey = "PGP PUBLIC KEY BLOCK"
    /// A secret key.
    case privateKey = "PGP PRIVATE KEY BLOCK"
}

/// OpenPGP's text form, read strictly: one block, and nothing around it.
///
/// - SeeAlso: [RFC 9580 §6](https://www.rfc-editor.org/rfc/rfc9580#section-6)
public enum Armor {
    /// Octets of a line; nobody writes more than 76.
    static let maximumLine = 1000
    /// Header lines of a block.
    static let maximumHeaderLines = 16

    /// Whether a text begins as armor does.
    public static func isArmored(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.drop { ArmorLines.isWhiteSpace($0) }.starts(with: "-----BEGIN PGP ".utf8)
    }

    /// The octets of the one block.
    ///
    /// Throws ``PacketError`` for another kind, for text around the block, for a
    /// second block, and for data that is not canonical base64. The checksum is
    /// compared if it is there.
    public static func dearmor(
        _ bytes: some Collection<UInt8>,
        kind: ArmorKind
    ) throws(PacketError) -> [UInt8] {
        var lines = ArmorLines(bytes)
        try begin(&lines, kind)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        var checksum: [UInt8]?
        while let line = try lines.next() {
            if line.starts(with: "-----".utf8) {
                guard line.elementsEqual("-----END \(kind.rawValue)-----".utf8) else {
                    throw PacketError(.notOneArmorBlock, at: lines.offset)
                }
                while let rest = try lines.next() {
                    guard rest.isEmpty else {
                        throw PacketError(.notOneArmorBlock, at: lines.offset)
                    }
                }
                return try decoded(encoded, checksum)
            }
            guard checksum == nil else { throw PacketError(.armorData, at: lines.offset) }
            if line.count == 5, line.first == UInt8(ascii: "=") {
                checksum = Array(line.dropFirst())
            } else {
                encoded += line
            }
        }
        throw PacketError(.notOneArmorBlock, at: lines.offset)
    }

    /// A block of a kind, in CRLF lines, with its checksum.
    ///
    /// RFC 9580 §6.1 would leave the checksum out. GnuPG 2.2 then reads the last
    /// line as more data, unless the base64 happens to end in padding.
    public static func armor(_ bytes: some Collection<UInt8>, kind: ArmorKind) -> [UInt8] {
        head(kind) + base64Lines(bytes) + CRC24.line(CRC24.checksum(of: bytes)) + tail(kind)
    }

    static func head(_ kind: ArmorKind) -> [UInt8] {
        Array("-----BEGIN \(kind.rawValue)-----\r\n\r\n".utf8)
    }

    static func tail(_ kind: ArmorKind) -> [UInt8] {
        Array("-----END \(kind.rawValue)-----\r\n".utf8)
    }

    /// Base64 in lines of 64 characters, each with its CRLF; none for no octets.
    static func base64Lines(_ bytes: some Collection<UInt8>) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let options: Data.Base64EncodingOptions = [
            .lineLength64Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        return Array(Data(bytes).base64EncodedData(options: options)) + [0x0d, 0x0a]
    }

    // RFC 9580 §6.2.2.
    private static let headerNames = ["Version", "Comment", "Charset", "Hash", "MessageID"]

    private static func begin(_ lines: inout ArmorLines, _ kind: ArmorKind) throws(PacketError) {
        var first = try lines.next()
        while first?.isEmpty == true { first = try lines.next() }
        guard let first, first.starts(with: "-----BEGIN PGP ".utf8) else {
            throw PacketError(.notOneArmorBlock)
        }
        guard first.elementsEqual("-----BEGIN \(kind.rawValue)-----".utf8) else {
            throw PacketError(.wrongArmorKind)
        }
        for _ in 0...maximumHeaderLines {
            guard let line = try lines.next() else { break }
            if line.isEmpty { return }
            let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
            guard line.contains(UInt8(ascii: ":")), headerNames.contains(name) else {
                throw PacketError(.armorHeader, at: lines.offset)
            }
        }
        throw PacketError(.armorHeader, at: lines.offset)
    }

    private static func decoded(
        _ encoded: [UInt8],
        _ checksum: [UInt8]?
    ) throws(PacketError) -> [UInt8] {
        guard let data = Data(base64Encoded: Data(encoded)) else { throw PacketError(.armorData) }
        if let checksum {
            let line = CRC24.line(CRC24.checksum(of: data))
            guard line.dropFirst().prefix(4).elementsEqual(checksum) else {
                throw PacketError(.armorChecksum)
            }
        }
        return Array(data)
    }
}
