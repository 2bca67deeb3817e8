/// Parses the output of Postfix's showq(8), and counts messages by reverse-path.
///
/// `postqueue -j` reads the same stream. It consists of names and values, each ended
/// by a NUL, with an empty name after each message. The format is not documented. It
/// has not changed since Postfix 3.1 but for new names, which the parser ignores.
struct QueueListing: Sendable {
    /// The longest name or value, in octets.
    static let maximumLength = 1 << 16

    private let isCounted: @Sendable (String) -> Bool
    private var rest: [UInt8] = []
    private var name: String?
    /// The number of messages whose reverse-path the closure selected.
    private(set) var count = 0
    /// Whether the listing is complete: it ends with an empty name.
    private(set) var isComplete = false

    /// Counts the messages whose reverse-path the closure selects.
    init(counting isCounted: @escaping @Sendable (String) -> Bool) {
        self.isCounted = isCounted
    }

    /// Parses the next octets; false if a name or value is too long.
    mutating func receive(_ octets: some Sequence<UInt8>) -> Bool {
        for octet in octets {
            if octet != 0 {
                guard rest.count < Self.maximumLength else { return false }
                rest.append(octet)
                isComplete = false
                continue
            }
            let text = String(decoding: rest, as: UTF8.self)
            rest.removeAll(keepingCapacity: true)
            isComplete = name == nil && text.isEmpty
            if let name {
                if name == "sender", isCounted(text) { count += 1 }
                self.name = nil
            } else if !text.isEmpty {
                name = text
            }
        }
        return true
    }
}
