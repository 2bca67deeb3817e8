import Foundation
import SMTP

/// The result of a test connection to one of the three sockets.
public struct DoorProbe: Codable, Sendable, Hashable {
    /// Which socket.
    public enum Door: String, Codable, Sendable, Hashable, CaseIterable {
        /// The socket on which Postfix calls our milter.
        case milter
        /// The LMTP socket to which Postfix delivers list mail that passed no milter.
        case gate
        /// The socket on which Postfix receives our copies.
        case wayBack
    }

    /// Which socket.
    public let door: Door
    /// The path of the socket.
    public let socket: String
    /// Whether the socket answered as it should.
    public let isWorking: Bool
    /// The answer, or the error.
    public let answer: String
}

extension PostfixSetup {
    /// The time limit of each answer, in seconds.
    static let probeTimeout = 10

    /// Connects to the milter, the gate and the way back, without sending a message.
    ///
    /// It does not throw if the daemon does not run: the results of its sockets say so.
    public func probe(_ installation: PostfixInstallation) -> [DoorProbe] {
        DoorProbe.Door.allCases.map { door in
            switch door {
            case .milter: Self.probe(door, at: installation.milterSocket)
            case .gate: Self.probe(door, at: installation.gateSocket)
            case .wayBack: Self.probe(door, at: installation.wayBackSocket)
            }
        }
    }

    /// Connects to one socket as Postfix does, or as the daemon does to the way back.
    package static func probe(_ door: DoorProbe.Door, at socket: String) -> DoorProbe {
        do {
            var connection = try UnixSocketConnection(path: socket, timeout: probeTimeout)
            let answer =
                switch door {
                case .milter: try negotiate(&connection)
                case .gate: try greet(&connection)
                case .wayBack: try address(&connection)
                }
            return DoorProbe(door: door, socket: socket, isWorking: true, answer: answer)
        } catch {
            let answer = (error as? POSIXError)?.localizedDescription ?? "\(error)"
            return DoorProbe(door: door, socket: socket, isWorking: false, answer: answer)
        }
    }

    // SMFIC_OPTNEG with all that Postfix 3.7 offers: version 6, actions, protocol.
    private static func negotiate(_ connection: inout UnixSocketConnection) throws -> String {
        let offer: [UInt8] = [0, 0, 0, 6, 0, 0, 0x01, 0xff, 0, 0x1f, 0xff, 0xff]
        try connection.send([0, 0, 0, 13, UInt8(ascii: "O")] + offer)
        let head = try connection.receive(5)
        guard head[4] == UInt8(ascii: "O") else { throw POSIXError(.EPROTO) }
        let version = try connection.receive(4)
        try connection.send([0, 0, 0, 1, UInt8(ascii: "Q")])
        return "milter protocol version \(version[3])"
    }

    private static func greet(_ connection: inout UnixSocketConnection) throws -> String {
        try expect(connection.reply())
        let reply = try expect(connection.command("LHLO localhost"))
        _ = try? connection.command("QUIT")
        return reply.description
    }

    // RFC 5321 §4.5.1: every server accepts mail for `<postmaster>` without a domain.
    private static func address(_ connection: inout UnixSocketConnection) throws -> String {
        try expect(connection.reply())
        try expect(connection.command("EHLO localhost"))
        try expect(connection.command("MAIL FROM:<>"))
        let reply = try expect(connection.command("RCPT TO:<postmaster>"))
        try expect(connection.command("RSET"))
        _ = try? connection.command("QUIT")
        return reply.description
    }

    @discardableResult
    private static func expect(_ reply: SMTPReply) throws -> SMTPReply {
        guard reply.isSuccess else { throw UnexpectedReply(reply: reply) }
        return reply
    }
}

private struct UnexpectedReply: Error, CustomStringConvertible {
    let reply: SMTPReply
    var description: String { reply.description }
}
