/// Small damage of the kinds that attackers and bad lines do.
public enum Mutation {
    private static let pieces = [
        "\r", "\n", "\r\n", "\0", ":", "--", "--OUT", "--OUT--", "--IN", "\"", "(", ";", "=?", "?=",
        "boundary=",
        "Content-Type: multipart/mixed; boundary=OUT\r\n\r\n", "=\r\n", "\u{ff}", ",<@>",
        "-----BEGIN PGP MESSAGE-----\r\n\r\n", "=AAAA\r\n", "\r\n\r\n",
    ]

    /// Octets with one to three changes.
    public static func mutate(
        _ original: [UInt8],
        using generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let position = Int.random(in: bytes.indices, using: &generator)
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<7, using: &generator) {
            case 0, 1: bytes[position] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 3: bytes.removeSubrange(position..<end)
            case 4: bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
            case 5: bytes.removeSubrange(position...)
            default:
                let piece = pieces[Int.random(in: pieces.indices, using: &generator)]
                bytes.insert(contentsOf: piece.utf8, at: position)
            }
        }
        return bytes
    }
}
