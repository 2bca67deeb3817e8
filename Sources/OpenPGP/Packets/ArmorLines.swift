/// Reads the lines of an armor block without the white space at their ends.
struct ArmorLines {
    private let bytes: [UInt8]
    /// The offset of the next line.
    private(set) var offset = 0

    init(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The next line, or nil at the end.
    ///
    /// - Throws: ``PacketError`` for a line longer than ``Armor/maximumLine``.
    mutating func next() throws(PacketError) -> ArraySlice<UInt8>? {
        guard offset < bytes.count else { return nil }
        let start = offset
        var end = start
        while end < bytes.count, bytes[end] != 0x0a { end += 1 }
        offset = end + 1
        var line = bytes[start..<end]
        while let last = line.last, Self.isWhiteSpace(last) { line.removeLast() }
        guard line.count <= Armor.maximumLine else { throw PacketError(.armorData, at: start) }
        return line
    }

    /// Whether the octet is a space, tab, CR or LF, which may stand around a block.
    static func isWhiteSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x09 || octet == 0x0d || octet == 0x0a
    }
}
