import Foundation

/// Decodes the character sets of mail, by their MIME names.
///
/// Only sets that Foundation decodes on every platform we support are known. Text in
/// another set is shown undecoded, because guessing could show a wrong text.
///
/// - SeeAlso: [RFC 2978](https://www.rfc-editor.org/rfc/rfc2978)
enum Charset {
    /// Decodes octets, or returns nil if the set is unknown or the octets are not valid in it.
    static func decode(_ bytes: some Collection<UInt8>, named name: String) -> String? {
        switch ASCII.lowercased(name) {
        case "utf-8", "utf8": String(validating: bytes, as: UTF8.self)
        case "us-ascii", "ascii", "ansi_x3.4-1968":
            bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        case let other: encodings[other].flatMap { String(bytes: bytes, encoding: $0) }
        }
    }

    private static let encodings: [String: String.Encoding] = [
        "iso-8859-1": .windowsCP1252,
        "iso-8859-2": .isoLatin2,
        "iso-2022-jp": .iso2022JP,
        "shift_jis": .shiftJIS,
        "euc-jp": .japaneseEUC,
        "utf-16": .utf16,
        "utf-16be": .utf16BigEndian,
        "utf-16le": .utf16LittleEndian,
        "windows-1250": .windowsCP1250,
        "windows-1251": .windowsCP1251,
        "windows-1252": .windowsCP1252,
        "windows-1253": .windowsCP1253,
        "windows-1254": .windowsCP1254,
    ]
}
