/// The octets and character classes that the grammars of Internet messages use.
enum ASCII {
    static let nul: UInt8 = 0x00
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0a
    static let carriageReturn: UInt8 = 0x0d
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let openParenthesis: UInt8 = 0x28
    static let closeParenthesis: UInt8 = 0x29
    static let comma: UInt8 = 0x2c
    static let dash: UInt8 = 0x2d
    static let slash: UInt8 = 0x2f
    static let colon: UInt8 = 0x3a
    static let semicolon: UInt8 = 0x3b
    static let less: UInt8 = 0x3c
    static let equals: UInt8 = 0x3d
    static let greater: UInt8 = 0x3e
    static let question: UInt8 = 0x3f
    static let at: UInt8 = 0x40
    static let backslash: UInt8 = 0x5c
    static let underscore: UInt8 = 0x5f

    static let crlf: [UInt8] = [carriageReturn, lineFeed]

    /// Whether the octet is SP or HTAB, of which folds and transport padding consist.
    static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }

    static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7a).contains(octet | 0x20) }

    /// Printable ASCII without the space.
    static func isVisible(_ octet: UInt8) -> Bool { (0x21...0x7e).contains(octet) }

    /// The value of a hexadecimal digit in either case.
    static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39: octet - 0x30
        case 0x41...0x46: octet - 0x41 + 10
        case 0x61...0x66: octet - 0x61 + 10
        default: nil
        }
    }

    /// The two upper case hexadecimal digits of an octet.
    static func hex(_ octet: UInt8) -> [UInt8] {
        [octet >> 4, octet & 0x0f].map { $0 < 10 ? 0x30 + $0 : 0x41 + $0 - 10 }
    }

    /// Whether both texts are equal if the case of ASCII letters is ignored.
    ///
    /// Unicode case folding would turn the Kelvin sign into a `k`, and so find a field
    /// name that no other reader finds.
    static func equal(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8) { lower($0) == lower($1) }
    }

    static func lower(_ octet: UInt8) -> UInt8 {
        (0x41...0x5a).contains(octet) ? octet | 0x20 : octet
    }

    static func lowercased(_ text: some StringProtocol) -> String {
        String(decoding: text.utf8.map(lower), as: UTF8.self)
    }
}

extension BidirectionalCollection<UInt8> where Self == SubSequence {
    /// The octets without the blanks at both ends.
    func trimmingBlanks() -> Self {
        var rest = drop(while: ASCII.isBlank)
        while let last = rest.last, ASCII.isBlank(last) { rest = rest.dropLast() }
        return rest
    }
}
