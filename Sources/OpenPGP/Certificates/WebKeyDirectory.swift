import Crypto
import Foundation

/// The file name and the file content under which a Web Key Directory publishes a key.
///
/// - SeeAlso: [draft-koch-openpgp-webkey-service §3.1](https://datatracker.ietf.org/doc/draft-koch-openpgp-webkey-service/)
public enum WebKeyDirectory {
    /// The name of the file for a local part: 32 characters of z-base-32.
    ///
    /// The draft prescribes SHA-1; its weakness does no harm here.
    public static func fileName(forLocalPart localPart: String) -> String {
        // The draft maps only ASCII letters to lower case, and gpg does the same.
        let folded = localPart.utf8.map { octet in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
        }
        return zbase32(Array(Insecure.SHA1.hash(data: folded)))
    }

    /// The key as it is published for one address: only with the user ids of that address.
    ///
    /// - Parameters:
    ///   - key: A public key in binary packets.
    ///   - address: The address in the user id, alone or in angle brackets.
    /// - Returns: The packets, or nil if no user id has the address or the key is malformed.
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

    // z-base-32: its alphabet differs from base32 and avoids letters that look alike.
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
