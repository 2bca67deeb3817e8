extension Entity {
    /// A header field that we write, safe against header injection.
    ///
    /// CR, LF, NUL and the other control characters of a value become spaces first, and
    /// no later step decodes anything back to them. Characters that a field name may not
    /// have are removed from the name. So no text can start a second field.
    public struct Field: Sendable, Hashable {
        /// The name, visible ASCII without a colon.
        public let name: String
        /// The value on one line, before it is folded.
        public let value: String

        /// Makes an unstructured field, such as Subject, Comments or Content-Description.
        ///
        /// The whole text is encoded by RFC 2047 if it is not ASCII, or if a reader would
        /// decode part of it as an encoded word (`=?utf-8?Q?a=0D=0ABcc:_x?=`).
        public init(_ name: String, _ text: String) {
            self.name = Self.cleanName(name)
            value = FieldWriter.unstructured(text)
        }

        /// Makes a structured field from a value that already follows the field's grammar.
        ///
        /// Only white space changes; nothing is encoded.
        public init(_ name: String, structured value: String) {
            self.name = Self.cleanName(name)
            self.value = DisplayText.singleLine(value).split(separator: " ").joined(separator: " ")
        }

        /// Makes From, To, Cc or Reply-To, with each display name quoted or encoded.
        public init(_ name: String, mailboxes: [Mailbox]) {
            self.init(name, structured: mailboxes.map(\.description).joined(separator: ", "))
        }

        /// The `HP-Outer` field that records, inside the encryption, this outer field.
        ///
        /// - SeeAlso: [RFC 9788 §2.2](https://www.rfc-editor.org/rfc/rfc9788#section-2.2)
        public var asOuter: Field { Field("HP-Outer", structured: name + ": " + value) }

        /// The whole field as octets, folded, with its line break; empty if the name is empty.
        public func serialized() -> [UInt8] {
            name.isEmpty ? [] : FieldWriter.folded(name: name, value: value)
        }

        private static func cleanName(_ name: String) -> String {
            String(
                decoding: name.utf8.filter { ASCII.isVisible($0) && $0 != ASCII.colon },
                as: UTF8.self
            )
        }
    }
}
