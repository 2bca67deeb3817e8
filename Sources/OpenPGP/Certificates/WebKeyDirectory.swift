import Crypto
import Foundation

/// Where mail programs look for the key of an address, and in which form.
///
/// - SeeAlso: [draft-koch-openpgp-webkey-service §3.1](https://datatracker.ietf.org/doc/draft-koch-openpgp-webkey-service/)
public enum WebKeyDirectory {
    /// The name of the file for an address: 32 characters.
    ///
    /// SHA-1 protects nothing here; it is what the draft asks for.
    public static func fileName(forLocalPart localPart: String) -> String {
        // ASCII alone is folded, as the draft says and gpg does.
        let folded = localPart.utf8.map { octet in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
        }
        return zbase32(Array(Insecure.SHA1.hash(data: folded)))
    }

    /// The key as it is published for one address: with that user id alone.
    ///
    /// - Parameters:
    ///   - key: A public key, as it is exported.
    ///   - address: What stands in the user id, alone or in angle brackets.
    /// - Returns: The packets, or nil if no user id has the address.
    public static func key(_ key: [UInt8], for address: String) -> [UInt8]? {
        var reader = PacketReader(key)
        guard let packets = try? reader.all(atMost: 512) else { return nil }
        let wanted = address.lowercased()
        var result: [UInt8] = []
        var isKept = true
        var hasName = false
        for packet in packets {
            switch packet.tag {
            case .userID:
                let name = String(decoding: key[packet.body], as: UTF8.self).lowercased()
                isKept = name == wanted || name.hasSuffix("<\(wanted)>")
                hasName = hasName || isKept
            case .signature: break
            default: isKept = true
            }
            if isKept { result += key[packet.range] }
        }
        return hasName ? result : nil
    }

    // Another alphabet than base32, in which letters that look alike are rare.
    private static func zbase32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ybndrfg8ejkmcpqxot1uwisza345h769")
        var result = ""
        var (bits, count) = (0, 0)
        for byte in bytes {
            bits = (bits << 8 | Int(byte)) & 0xfff
            count += 8
            while count >= 5 {
                count -= 5
                result.append(alphabet[bits >> count & 31])
            }
        }
        if count > 0 { result.append(alphabet[bits << (5 - count) & 31]) }
        return result
    }
}
