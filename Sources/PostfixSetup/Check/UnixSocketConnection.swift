import Foundation
import SMTP
import Unix

/// A blocking connection to a unix socket, with a time limit on each step.
package struct UnixSocketConnection: ~Copyable {
    /// The most octets of one reply; RFC 5321 §4.5.3.1.5 allows 512 for a line.
    static let maximumReply = 65_536

    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects, with a time limit in seconds for each step.
    ///
    /// - Throws: `POSIXError` if nobody listens.
    package init(path: String, timeout: Int) throws {
        descriptor = try Self.connected(to: path, timeout: timeout)
    }

    deinit { close(descriptor) }

    private static func connected(to path: String, timeout: Int) throws -> Int32 {
        guard let descriptor = UnixSocket.make(isBlocking: true) else { throw Self.error() }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(
                descriptor,
                SOL_SOCKET,
                option,
                &limit,
                socklen_t(MemoryLayout<timeval>.size)
            )
        }
        guard UnixSocket.connect(descriptor, to: path) else {
            defer { close(descriptor) }
            throw Self.error()
        }
        return descriptor
    }

    /// Sends all octets.
    ///
    /// - Throws: `POSIXError` if the peer is gone or does not read in time.
    func send(_ octets: [UInt8]) throws {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Foundation.send(descriptor, buffer.baseAddress, buffer.count, Self.noSignal)
            }
            guard count > 0 else { throw Self.error() }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends a line, and returns the one that answers it, both without their ends.
    ///
    /// - Throws: `POSIXError` if the peer is gone, does not answer in time, or says too much.
    package mutating func ask(_ question: String) throws -> String {
        try send(Array("\(question)\n".utf8))
        return try line()
    }

    /// Receives exactly `count` octets.
    ///
    /// - Throws: `POSIXError` if the peer is gone or does not send in time.
    mutating func receive(_ count: Int) throws -> [UInt8] {
        while received.count < count { try fill() }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    /// Sends a command line and reads the reply.
    mutating func command(_ line: String) throws -> SMTPReply {
        try send(Array("\(line)\r\n".utf8))
        return try reply()
    }

    /// Reads one SMTP reply.
    mutating func reply() throws -> SMTPReply {
        var lines: [String] = []
        while true {
            let text = try line()
            lines.append(text)
            // RFC 5321 §4.2.1: a hyphen after the code means that more lines follow.
            guard text.dropFirst(3).first == "-" else { break }
            guard lines.count < SMTPReply.maximumLines * 4 else { throw POSIXError(.EMSGSIZE) }
        }
        guard let reply = SMTPReply(wireLines: lines) else { throw POSIXError(.EPROTO) }
        return reply
    }

    private mutating func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let octets = received[..<end]
                received.removeFirst(end + 1)
                return String(decoding: octets, as: UTF8.self)
                    .trimmingCharacters(in: CharacterSet(charactersIn: "\r"))
            }
            try fill()
        }
    }

    private mutating func fill() throws {
        guard received.count < Self.maximumReply else { throw POSIXError(.EMSGSIZE) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        guard count != 0 else { throw POSIXError(.ECONNRESET) }
        guard count > 0 else { throw Self.error() }
        received += buffer.prefix(count)
    }

    private static var noSignal: Int32 { Int32(MSG_NOSIGNAL) }

    private static func error() -> any Error {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
