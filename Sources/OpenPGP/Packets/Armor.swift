import Foundation

/// The kind of data in an armor block.
public enum ArmorKind: String, Sendable, Hashable, CaseIterable {
    /// An OpenPGP message, encrypted or signed.
    case message = "PGP MESSAGE"
    /// A detached signature.
    case signature = "PGP SIGNATURE"
    /// A certificate.
    case publicKey = "PGP PUBLIC KEY BLOCK"
    /// A secret key.
    case privateKey = "PGP PRIVATE KEY BLOCK"
}

/// Reads and writes ASCII armor; reads only one block with nothing around it.
///
/// - SeeAlso: [RFC 9580 §6](https://www.rfc-editor.org/rfc/rfc9580#section-6)
public enum Armor {
    /// The longest line in octets; programs write at most 76.
    static let maximumLine = 1000
    /// The number of header lines in a block.
    static let maximumHeaderLines = 16

    /// Whether a text begins with an armor header line, after white space.
    public static func isArmored(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.drop { ArmorLines.isWhiteSpace($0) }.starts(with: "-----BEGIN PGP ".utf8)
    }

    /// The decoded octets of a text that is exactly one armor block.
    ///
    /// The checksum is compared if there is one.
    ///
    /// - Throws: ``PacketError`` for another kind of block, for text around it, for a second
    ///   block, for an unknown header, for a wrong checksum, and for data that is not canonical
    ///   base64.
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

    /// Octets as an armor block, in CRLF lines, with a checksum.
    ///
    /// RFC 9580 §6.1 recommends to omit the checksum. GnuPG 2.2 then reads the last line as
    /// data, unless the base64 happens to end with padding.
    public static func armor(_ bytes: some Collection<UInt8>, kind: ArmorKind) -> [UInt8] {
        head(kind) + base64Lines(bytes) + CRC24.line(CRC24.checksum(of: bytes)) + tail(kind)
    }

    static func head(_ kind: ArmorKind) -> [UInt8] {
        Array("-----BEGIN \(kind.rawValue)-----\r\n\r\n".utf8)
    }

    static func tail(_ kind: ArmorKind) -> [UInt8] {
        Array("-----END \(kind.rawValue)-----\r\n".utf8)
    }

    /// Base64 in lines of 64 characters, each with CRLF; empty if there are no octets.
    static func base64Lines(_ bytes: some Collection<UInt8>) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let options: Data.Base64EncodingOptions = [
            .lineLength64Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        return Array(Data(bytes).base64EncodedData(options: options)) + [0x0d, 0x0a]
    }

    // RFC 9580 §6.2.2 lists these headers.
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
