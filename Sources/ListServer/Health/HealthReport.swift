public import Foundation
public import MailingList

/// What the daemon says of itself: one line of JSON.
public struct HealthReport: Sendable, Hashable, Codable {
    /// An alarm that the daemon has raised.
    public struct RaisedAlarm: Sendable, Hashable, Codable {
        /// Its name.
        public let alarm: String
        /// What happened last.
        public let detail: String
        /// When it was raised first.
        public let since: Date
    }

    /// The number of the process.
    public let process: Int32
    /// When it started.
    public let started: Date
    /// The path of the milter's socket.
    public let milter: String
    /// The path of the gate's socket.
    public let gate: String
    /// The alarms in memory.
    public let alarms: [RaisedAlarm]
    /// Why the database could not be written just now; nil if it could.
    public let storeFailure: String?

    init(
        process: Int32,
        started: Date,
        doors: DoorSockets,
        alarms: [StoreStatus.RaisedAlarm],
        storeFailure: String?
    ) {
        self.process = process
        self.started = started
        milter = doors.milter
        gate = doors.gate
        self.alarms = alarms.map {
            RaisedAlarm(alarm: $0.alarm.rawValue, detail: $0.detail, since: $0.since)
        }
        self.storeFailure = storeFailure
    }

    /// Reads the line that the daemon sent.
    ///
    /// Throws an error of the decoder.
    public init(line: String) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        self = try decoder.decode(Self.self, from: Data(line.utf8))
    }

    /// The line without its end.
    func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

/// The paths of the two sockets at which the daemon waits for Postfix.
public struct DoorSockets: Sendable, Hashable {
    let milter: String
    let gate: String

    /// Combines the two; an address that is no path of a socket is allowed.
    public init(milter: String, gate: String) {
        self.milter = milter
        self.gate = gate
    }
}

/// A line that somebody may send to the daemon's own socket.
public enum HealthQuestion: Sendable, Hashable {
    /// How it is: the answer is a ``HealthReport``.
    case health
    /// Somebody has looked at this alarm: it ends until it is raised anew.
    case acknowledge(Alarm)
    /// The host's clock is right now.
    case acceptClock

    /// The answer to what is not ``health``.
    public static let done = "ok"

    /// Reads a line; nil if it is none of these.
    init?(line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first.flatMap(Alarm.init(rawValue:)), words.count) {
        case ("health", _, 1): self = .health
        case ("acknowledge", let alarm?, 2): self = .acknowledge(alarm)
        case ("accept-clock", _, 1): self = .acceptClock
        default: return nil
        }
    }

    /// The line without its end.
    public var line: String {
        switch self {
        case .health: "health"
        case .acknowledge(let alarm): "acknowledge \(alarm.rawValue)"
        case .acceptClock: "accept-clock"
        }
    }
}
