/// Reads what Postfix's showq(8) tells of its queue, and counts by sender.
///
/// It is the stream that `postqueue -j` reads: names and values that a NUL ends
/// each, and an empty name behind each message. Not documented, but the same
/// since Postfix 3.1 but for new names, which are passed over.
struct QueueListing: Sendable {
    /// Octets of one name or value.
    static let maximumLength = 1 << 16

    private let isCounted: @Sendable (String) -> Bool
    private var rest: [UInt8] = []
    private var name: String?
    /// How many messages have a sender that counts.
    private(set) var count = 0
    /// Whether nothing is cut off: the last that came was an empty name.
    private(set) var isComplete = false

    /// Counts the messages whose sender the closure takes.
    init(counting isCounted: @escaping @Sendable (String) -> Bool) {
        self.isCounted = isCounted
    }

    /// Takes the next octets; false if this is no such stream.
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
