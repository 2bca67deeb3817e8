import Glibc

/// A unix socket that carries milter packets: a length, a command, octets.
public final class MilterSocket {
    /// Why nothing comes.
    public enum Failure: Error, Equatable {
        /// A call failed, with this errno.
        case system(String, CInt)
        /// The milter has hung up.
        case closed
        /// A packet ends too early.
        case truncated
        /// A packet that no milter sends here.
        case unexpected(Character)
    }

    struct Packet {
        let command: Character
        let payload: [UInt8]
    }

    private var descriptor: CInt

    /// Seconds to wait for a packet before a test fails.
    private static let patience = 120

    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure.system("socket", errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        precondition(octets.count < MemoryLayout.size(ofValue: address.sun_path))
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
        let result = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            defer { close() }
            throw Failure.system("connect", errno)
        }
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        unsafe setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &limit,
            socklen_t(MemoryLayout<timeval>.size)
        )
    }

    deinit {
        close()
    }

    func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    func send(_ command: Character, _ payload: [UInt8]) throws {
        try send(
            Self.octets(UInt32(payload.count + 1)) + Array(String(command).utf8) + payload
        )
    }

    func send(_ octets: [UInt8]) throws {
        var rest = octets
        while !rest.isEmpty {
            let count = unsafe Glibc.send(descriptor, rest, rest.count, CInt(MSG_NOSIGNAL))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw errno == EPIPE ? .closed : Failure.system("send", errno) }
            rest.removeFirst(count)
        }
    }

    func receive() throws -> Packet {
        let length = try read(4).reduce(0) { $0 << 8 | Int($1) }
        guard length > 0 else { throw Failure.truncated }
        let octets = try read(length)
        return Packet(
            command: Character(UnicodeScalar(octets[0])),
            payload: Array(octets.dropFirst())
        )
    }

    static func octets(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count {
            var buffer = [UInt8](repeating: 0, count: count - octets.count)
            let received = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if received == 0 || (received < 0 && errno == ECONNRESET) { throw Failure.closed }
            // A signal ends it, SA_RESTART or not, since it has a time limit.
            if received < 0, errno == EINTR { continue }
            guard received > 0 else { throw Failure.system("recv", errno) }
            octets += buffer.prefix(received)
        }
        return octets
    }
}
