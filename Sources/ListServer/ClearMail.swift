import MIME

/// What leaves in clear, taken out of what the list has sealed.
struct ClearMail: Sendable {
    /// Fields that stand outside as they stand inside: there is nothing to hide in them.
    ///
    /// Programs that do not know RFC 9788 find the name, the thread and where to answer.
    private static let names = ["From", "Subject", "Reply-To", "In-Reply-To", "References"]

    /// The fields.
    let fields: [Entity.Field]
    /// The multipart/signed, in the list's name.
    let entity: [UInt8]

    /// Reads what was opened; nil if it was not sealed to leave so.
    init?(in plaintext: [UInt8]) {
        guard let root = try? Message(LineEndings.canonical(plaintext)).root,
            root.children.count == 1
        else { return nil }
        fields = Self.names.compactMap { name in
            root.field(named: name).map { field in
                name == "Subject"
                    ? Entity.Field(name, field.decodedValue)
                    : Entity.Field(name, structured: field.value)
            }
        }
        entity = Array(root.children[0].bytes)
    }

    /// Header fields with these in the place of those of the same name.
    func replacing(_ outer: [Entity.Field]) -> [Entity.Field] {
        outer.map { field in fields.first { $0.name == field.name } ?? field }
            + fields.filter { field in !outer.contains { $0.name == field.name } }
    }
}
