/// Decodes the character references of HTML: `&amp;`, `&#252;`, `&#xfc;`.
///
/// - SeeAlso: [HTML, character references](https://html.spec.whatwg.org/multipage/named-characters.html)
enum HTMLCharacters {
    /// The text with its references decoded; an unknown one stays as it is written.
    ///
    /// - Complexity: O(n).
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(ampersand) else { return String(decoding: bytes, as: UTF8.self) }
        var result = ""
        var rest = bytes
        while let start = rest.firstIndex(of: ampersand) {
            result += String(decoding: rest[..<start], as: UTF8.self)
            let word = rest[(start + 1)...].prefix(maximumName).prefix {
                ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "#")
            }
            guard let character = character(String(decoding: word, as: UTF8.self)) else {
                result += "&"
                rest = rest[(start + 1)...]
                continue
            }
            result.unicodeScalars.append(character)
            rest = rest[word.endIndex...]
            if rest.first == ASCII.semicolon { rest = rest.dropFirst() }
        }
        return result + String(decoding: rest, as: UTF8.self)
    }

    private static func character(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
            value != 0
        else { return nil }
        // HTML §13.2.5.80: these are read as windows-1252.
        if (0x80...0x9f).contains(value),
            let character = Charset.decode([UInt8(value)], named: "windows-1252")
        {
            return character.unicodeScalars.first
        }
        return Unicode.Scalar(value) ?? "\u{fffd}"
    }

    private static let ampersand = UInt8(ascii: "&")
    private static let maximumName = 10

    /// The names of U+00A0 to U+00FF, in their order.
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
        sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
        Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc \
        Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute \
        THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
        igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave \
        uacute ucirc uuml yacute thorn yuml
        """

    private static let named: [String: Unicode.Scalar] = {
        var result: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "AMP": "&", "LT": "<",
            "GT": ">", "QUOT": "\"", "commat": "@", "euro": "\u{20ac}", "ndash": "\u{2013}",
            "mdash": "\u{2014}", "lsquo": "\u{2018}", "rsquo": "\u{2019}", "sbquo": "\u{201a}",
            "ldquo": "\u{201c}", "rdquo": "\u{201d}", "bdquo": "\u{201e}", "bull": "\u{2022}",
            "hellip": "\u{2026}", "trade": "\u{2122}", "larr": "\u{2190}", "rarr": "\u{2192}",
            "lsaquo": "\u{2039}", "rsaquo": "\u{203a}", "dagger": "\u{2020}", "permil": "\u{2030}",
            "ensp": " ", "emsp": " ", "thinsp": " ", "zwnj": "\u{200c}", "zwj": "\u{200d}",
            "lrm": "\u{200e}", "rlm": "\u{200f}", "Scaron": "\u{160}", "scaron": "\u{161}",
            "OElig": "\u{152}", "oelig": "\u{153}", "Yuml": "\u{178}", "minus": "\u{2212}",
            "ne": "\u{2260}", "le": "\u{2264}", "ge": "\u{2265}", "infin": "\u{221e}",
            "check": "\u{2713}", "hearts": "\u{2665}",
        ]
        for (offset, name) in latin1.split(separator: " ").enumerated() {
            result[String(name)] = Unicode.Scalar(0xa0 + UInt32(offset))
        }
        return result
    }()
}
