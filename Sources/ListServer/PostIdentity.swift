import MIME

/// The name of a sealed post, inside its signature.
///
/// Without it, whoever can write the database could put an old sealed post in
/// the place of a new one, and every signature would be good.
enum PostIdentity {
    static let fieldName = "X-Listseal-Post"

    static func isInside(_ plaintext: [UInt8], identifier: String) -> Bool {
        guard let root = try? Message(LineEndings.canonical(plaintext)).root else { return false }
        let fields = root.fields(named: fieldName)
        return fields.count == 1 && fields.first?.value == identifier
    }
}
