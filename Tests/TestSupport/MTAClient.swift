/// The MTA's side of the milter protocol, version 6, as Postfix speaks it.
///
/// Sends macros as Postfix does: those that the milter asked for, of those that
/// are in ``macros``. Waits for an answer only where the milter gives one.
public final class MTAClient {
    /// What this MTA can do.
    public struct Offer: Sendable {
        /// The protocol version.
        public var version: UInt32
        /// What the milter may do to a message: `SMFIF_*`.
        public var actions: UInt32
        /// Which steps of the protocol it knows: `SMFIP_*`.
        public var steps: UInt32

        /// Makes an offer.
        public init(version: UInt32, actions: UInt32, steps: UInt32) {
            self.version = version
            self.actions = actions
            self.steps = steps
        }

        /// What Postfix 3.7 offers.
        public static let postfix = Offer(version: 6, actions: 0x1ff, steps: 0x1f_ffff)
    }

    /// What the milter has asked for.
    public private(set) var agreed = Offer(version: 0, actions: 0, steps: 0)
    /// The macros that it has asked for, by stage.
    public private(set) var requestedMacros: [UInt32: [String]] = [:]
    /// The values of macros, from now on.
    public var macros: [String: String] = [:]
    /// Recipients that it has deleted from the current message.
    public private(set) var deletedRecipients: [String] = []
    /// How often it has said that it takes longer.
    public private(set) var progressCount = 0
    private let socket: MilterSocket

    /// Connects to a milter, without a word to it.
    public init(path: String) throws {
        socket = try MilterSocket(path: path)
    }

    /// Connects to a milter, agrees with it and introduces a client.
    public convenience init(path: String, client hostName: String) throws {
        self.init(socket: try MilterSocket(path: path))
        try negotiate()
        try connect(hostName, family: "4", port: 40_000, address: "192.0.2.7")
    }

    private init(socket: MilterSocket) {
        self.socket = socket
    }

    /// Negotiates; throws ``MilterSocket/Failure/closed`` if the milter refuses.
    public func negotiate(_ offer: Offer = .postfix) throws {
        try socket.send(
            "O",
            [offer.version, offer.actions, offer.steps].flatMap(MilterSocket.octets)
        )
        var answer = MilterPacketReader(try socket.receive().payload)
        agreed = Offer(
            version: try answer.number(),
            actions: try answer.number(),
            steps: try answer.number()
        )
        while !answer.isAtEnd {
            let stage = try answer.number()
            requestedMacros[stage] = try answer.text().split(separator: " ").map(String.init)
        }
    }

    /// Introduces a client; the family is `4`, `6`, `L` or `U`.
    @discardableResult
    public func connect(
        _ hostName: String,
        family: Character,
        port: UInt16 = 0,
        address: String = ""
    ) throws -> MTAAnswer {
        try sendMacros("C", stage: 0)
        var payload = Array(hostName.utf8) + [0] + Array(String(family).utf8)
        if family != "U" {
            payload += [UInt8(port >> 8), UInt8(port & 0xff)] + Array(address.utf8) + [0]
        }
        return try ask("C", payload, unanswered: 0x1000)
    }

    /// MAIL FROM.
    @discardableResult
    public func mail(_ words: String...) throws -> MTAAnswer {
        deletedRecipients = []
        progressCount = 0
        try sendMacros("M", stage: 2)
        return try ask("M", Self.strings(words), unanswered: 0x4000)
    }

    /// RCPT TO.
    @discardableResult
    public func recipient(_ words: String...) throws -> MTAAnswer {
        try sendMacros("R", stage: 3)
        return try ask("R", Self.strings(words), unanswered: 0x8000)
    }

    /// DATA.
    @discardableResult
    public func data() throws -> MTAAnswer {
        try sendMacros("T", stage: 4)
        return try ask("T", [], unanswered: 0x1_0000)
    }

    /// One header field; the value with its leading space.
    @discardableResult
    public func header(_ name: String, _ value: String) throws -> MTAAnswer {
        try ask("L", Self.strings([name, value]), unanswered: 0x80)
    }

    /// The end of the header.
    @discardableResult
    public func endOfHeaders() throws -> MTAAnswer {
        try ask("N", [], unanswered: 0x4_0000)
    }

    /// A piece of the body, at most 65,535 octets.
    @discardableResult
    public func body(_ octets: [UInt8]) throws -> MTAAnswer {
        try ask("B", octets, unanswered: 0x8_0000)
    }

    /// The end of the message.
    public func endOfMessage() throws -> MTAAnswer {
        try sendMacros("E", stage: 5)
        try socket.send("E", [])
        return try answer()
    }

    /// RSET, or a client that hung up.
    public func abort() throws {
        try socket.send("A", [])
    }

    /// The end of the connection.
    public func quit() throws {
        try socket.send("Q", [])
        socket.close()
    }

    /// Hangs up without a word.
    public func vanish() {
        socket.close()
    }

    /// All of a message from DATA on.
    public func message(
        headers: [(String, String)] = [("Subject", " hello")],
        body octets: [UInt8] = Array("Hello.\r\n".utf8)
    ) throws -> MTAAnswer {
        let atData = try data()
        guard atData == .continue else { return atData }
        try sendContent(headers: headers, body: octets)
        return try answer()
    }

    /// All of a message after DATA, without a look at the answer.
    public func sendContent(
        headers: [(String, String)] = [("Subject", " hello")],
        body octets: [UInt8] = Array("Hello.\r\n".utf8)
    ) throws {
        for (name, value) in headers { try header(name, value) }
        try endOfHeaders()
        try body(octets)
        try sendMacros("E", stage: 5)
        try socket.send("E", [])
    }

    /// Waits until the milter says that it takes longer.
    public func waitForProgress() throws {
        let packet = try socket.receive()
        guard packet.command == "p" else {
            throw MilterSocket.Failure.unexpected(packet.command)
        }
        progressCount += 1
    }

    /// Sends any packet, however wrong.
    public func send(_ command: Character, _ payload: [UInt8]) throws {
        try socket.send(command, payload)
    }

    /// Sends any octets.
    public func sendRaw(_ octets: [UInt8]) throws {
        try socket.send(octets)
    }

    /// Waits for an answer, and notes what comes before it.
    public func answer() throws -> MTAAnswer {
        while true {
            let packet = try socket.receive()
            switch packet.command {
            case "p": progressCount += 1
            case "-":
                var reader = MilterPacketReader(packet.payload)
                deletedRecipients.append(try reader.text())
            default: return try MTAAnswer(packet)
            }
        }
    }

    private func ask(
        _ command: Character,
        _ payload: [UInt8],
        unanswered: UInt32
    ) throws -> MTAAnswer {
        try socket.send(command, payload)
        return agreed.steps & unanswered != 0 ? .continue : try answer()
    }

    private func sendMacros(_ command: Character, stage: UInt32) throws {
        let names = requestedMacros[stage] ?? []
        let pairs = names.flatMap { name in macros[name].map { [name, $0] } ?? [] }
        try socket.send("D", Array(String(command).utf8) + Self.strings(pairs))
    }

    private static func strings(_ words: [String]) -> [UInt8] {
        words.flatMap { Array($0.utf8) + [0] }
    }
}
