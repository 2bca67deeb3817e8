/// The text encoding of parameter values in DSN and XFORWARD.
///
/// - SeeAlso: [RFC 3461 §4](https://www.rfc-editor.org/rfc/rfc3461#section-4)
package enum XText {
    /// Encodes `+`, `=`, and every octet that is not printable ASCII.
    package static func encode(_ text: String) -> String {
        var result = ""
        for octet in text.utf8 {
            if isPlain(octet) {
                result.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                let digits = String(octet, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "+0\(digits)" : "+\(digits)"
            }
        }
        return result
    }

    /// Decodes a value; nil if it is malformed, not UTF-8, or contains controls.
    ///
    /// The result is never longer than the value, so the limit of the command line
    /// also limits the result.
    package static func decode(_ text: some StringProtocol) -> String? {
        var octets: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let octet = rest.next() {
            if octet == UInt8(ascii: "+") {
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit)
                else { return nil }
                octets.append(high << 4 | low)
            } else {
                guard isPlain(octet) else { return nil }
                octets.append(octet)
            }
        }
        guard octets.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return nil }
        return String(validating: octets, as: UTF8.self)
    }

    /// Encodes an address that is not ASCII for ORCPT, as `utf-8-addr-xtext`.
    ///
    /// - SeeAlso: [RFC 6533 §3](https://www.rfc-editor.org/rfc/rfc6533#section-3)
    package static func encodeInternational(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let octet = UInt8(exactly: scalar.value), isPlain(octet), scalar != "\\" {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return result
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        (0x21...0x7e).contains(octet) && octet != UInt8(ascii: "+") && octet != UInt8(ascii: "=")
    }

    // RFC 3461 §4 allows upper case only; Postfix's client writes upper case.
    private static func digit(_ octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
