/// Makes and checks the boundary that separates the parts of a multipart.
///
/// - SeeAlso: [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)
public enum Boundary {
    /// Makes a boundary that nobody can guess.
    ///
    /// `=_` occurs neither in quoted-printable nor in base64 (RFC 2045 §6.7). Because of the
    /// 128 random bits an author cannot close our multipart from inside a part that we copy
    /// unchanged.
    public static func random(using generator: inout some RandomNumberGenerator) -> String {
        "=_" + RandomText.hexadecimal(using: &generator)
    }

    // RFC 2046 §5.1.1: 1 to 70 bchars, of which the last one is not a space.
    static func isValid(_ text: String, limits: MIMELimits) -> Bool {
        !text.isEmpty && text.utf8.count <= limits.boundary && text.utf8.last != ASCII.space
            && text.utf8.allSatisfy(isBoundaryCharacter)
    }

    private static func isBoundaryCharacter(_ octet: UInt8) -> Bool {
        ASCII.isDigit(octet) || ASCII.isLetter(octet) || "'()+_,-./:=? ".utf8.contains(octet)
    }
}

/// Random text that every grammar of a header accepts as a token.
enum RandomText {
    /// 128 bits as 32 lower case hexadecimal digits.
    static func hexadecimal(using generator: inout some RandomNumberGenerator) -> String {
        let bits = (0..<2).map { _ in generator.next() as UInt64 }
        return String(
            decoding: bits.flatMap { word in
                stride(from: 56, through: 0, by: -8).flatMap { shift in
                    ASCII.hex(UInt8(truncatingIfNeeded: word >> UInt64(shift))).map(ASCII.lower)
                }
            },
            as: UTF8.self
        )
    }
}
