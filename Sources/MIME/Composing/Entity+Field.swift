extension Entity {
    /// A header field that we write: one field, whatever is put into it.
    ///
    /// CR, LF, NUL and the other controls of a value become spaces before anything
    /// else is done with it, and nothing decodes to them again; a name loses
    /// what a name may not have. So no text can begin a second field.
    public struct Field: Sendable, Hashable {
        /// The name, visible ASCII without a colon.
        public let name: String
        /// The value on one line, as it will be folded.
        public let value: String

        /// Makes a field of free text: Subject, Comments, Content-Description.
        ///
        /// Text that is not ASCII, or that a reader would take for encoded words
        /// (`=?utf-8?Q?a=0D=0ABcc:_x?=`), is RFC 2047 encoded as a whole.
        public init(_ name: String, _ text: String) {
            self.name = Self.cleanName(name)
            value = FieldWriter.unstructured(text)
        }

        /// Makes a field with a grammar, whose value is written in that grammar already.
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

        /// The `HP-Outer` field that says inside what this field is outside.
        ///
        /// - SeeAlso: [RFC 9788 §2.2](https://www.rfc-editor.org/rfc/rfc9788#section-2.2)
        public var asOuter: Field { Field("HP-Outer", structured: name + ": " + value) }

        /// The field with its folds and its line break.
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
