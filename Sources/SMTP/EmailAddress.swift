import Foundation

/// A mailbox as SMTP writes it, without angle brackets: `anne@example.org`.
///
/// Parsing is strict, because an address decides who can read a list. Comments,
/// source routes, address literals and surrounding text are not accepted. A local
/// part has at most 64 octets, and an address at most 254. Two addresses are equal
/// if they are the same after NFC and case folding, including the local part. The
/// standard allows a host to distinguish `Bart@` from `bart@`, but mail programs
/// write the same address in either case.
///
/// - SeeAlso: [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2)
/// - SeeAlso: [RFC 6531 §3.3](https://www.rfc-editor.org/rfc/rfc6531#section-3.3)
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The part before the `@`, as it was written, without quotes.
    public let localPart: String
    /// The part after the `@`, as it was written, without a final dot.
    public let domain: String
    /// The form for comparing and for database keys: NFC, folded to lower case.
    public let key: String

    /// The longest local part, in octets.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1)
    public static let maximumLocalPartLength = 64
    /// The longest address, in octets: a path has at most 256 with its brackets.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.1.3](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3)
    public static let maximumLength = 254

    /// The longest address that this host has rewritten, in octets.
    ///
    /// Such an address carries another address in its local part.
    public static let maximumRewrittenLength = 512

    /// Parses an address; nil if the text is anything but exactly one address.
    public init?(_ text: String) {
        self.init(
            text,
            maximumLength: Self.maximumLength,
            maximumLocalPartLength: Self.maximumLocalPartLength
        )
    }

    /// Parses an address that only this host writes and reads.
    ///
    /// `LIST-bounces=DOMAIN+TOKEN@…` carries a whole address in its local part, which
    /// can be longer than the standard's 64 octets. No other host sees this address,
    /// so no other host's limit applies.
    public init?(rewritten text: String) {
        self.init(
            text,
            maximumLength: Self.maximumRewrittenLength,
            maximumLocalPartLength: Self.maximumRewrittenLength
        )
    }

    private init?(_ text: String, maximumLength: Int, maximumLocalPartLength: Int) {
        guard !text.isEmpty, text.utf8.count <= maximumLength,
            // This type compares Unicode scalars. A combining mark after a quote, a
            // backslash or an at sign makes a different Character of it.
            let at = text.unicodeScalars.lastIndex(of: "@"),
            text[..<at].utf8.count <= maximumLocalPartLength
        else { return nil }
        let writtenLocalPart = text[..<at]
        var domain = String(text.unicodeScalars[text.unicodeScalars.index(after: at)...])
        if domain.hasSuffix(".") { domain.removeLast() }
        guard let localPart = Self.localPart(writtenLocalPart), Self.isDomain(domain),
            // The store writes this form and parses it again: both must be equal.
            let again = Self.localPart(Substring(Self.written(localPart))),
            again.unicodeScalars.elementsEqual(localPart.unicodeScalars)
        else { return nil }
        self.localPart = localPart
        self.domain = domain
        key = (localPart + "@" + domain).precomposedStringWithCanonicalMapping.lowercased()
    }

    /// The address as SMTP writes it; the local part is quoted if necessary.
    public var description: String {
        Self.written(localPart) + "@" + domain
    }

    private static func written(_ localPart: String) -> String {
        isDotAtom(Substring(localPart)) ? localPart : quoted(localPart)
    }

    /// Whether every octet is ASCII, so that no server needs SMTPUTF8 to relay it.
    ///
    /// - SeeAlso: [RFC 6531 §3.4](https://www.rfc-editor.org/rfc/rfc6531#section-3.4)
    public var isASCII: Bool {
        key.utf8.allSatisfy { $0 < 0x80 } && domain.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Addresses are compared by ``key`` alone.
    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    /// Hashes ``key`` alone, like the comparison.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func localPart(_ text: Substring) -> String? {
        guard !text.isEmpty else { return nil }
        guard text.unicodeScalars.first == "\"" else { return isDotAtom(text) ? String(text) : nil }
        return unquoted(text)
    }

    // RFC 5321 §4.1.2: Quoted-string = DQUOTE *QcontentSMTP DQUOTE.
    private static func unquoted(_ text: Substring) -> String? {
        guard text.utf8.count > 2, text.unicodeScalars.last == "\"" else { return nil }
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars.dropFirst().dropLast() {
            guard scalar.isASCII ? scalar.value >= 0x20 && scalar.value != 0x7f : isAtomText(scalar)
            else { return nil }
            // RFC 5322 §3.2.2: a program may fold a header field at white space and unfold it
            // with another number of blanks, which would change a local part with two blanks.
            guard scalar != " " || result.last != " " else { return nil }
            if isEscaped {
                result.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                return nil
            } else {
                result.append(scalar)
            }
        }
        return isEscaped ? nil : String(result)
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(isAtomText)
        }
    }

    // RFC 5322 §3.2.3 atext. RFC 6531 §3.3 adds everything outside ASCII; this type
    // excludes controls and separators, because a display can hide them.
    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .spaceSeparator,
            .surrogate, .unassigned:
            return false
        default:
            return true
        }
    }

    private static func isDomain(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-")
                && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy {
                    isAtomText($0)
                        && (!$0.isASCII || $0.properties.isAlphabetic
                            || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
                }
        }
    }

    /// Writes any local part as a quoted string.
    ///
    /// - SeeAlso: [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2)
    public static func quoted(_ localPart: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in localPart.unicodeScalars {
            if scalar == "\\" || scalar == "\"" { result.append("\\") }
            result.append(scalar)
        }
        return "\"" + String(result) + "\""
    }
}
