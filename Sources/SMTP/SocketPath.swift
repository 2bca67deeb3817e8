/// Where a service listens, as Postfix writes it.
///
/// `unix:/run/listseal/lmtp.sock`, or `inet:127.0.0.1:10024`. libmilter turns
/// the second one round (`inet:10024@127.0.0.1`); that form is not read here.
public enum SocketPath: Sendable, Hashable, CustomStringConvertible {
    /// A UNIX-domain socket, by its absolute path.
    case unix(path: String)
    /// A TCP port of a host, by name or by address.
    case inet(host: String, port: Int)

    /// Octets of a path: `sun_path` has 108, and the last one is a NUL.
    public static let maximumPathLength = 107

    /// Reads one of the two forms, or returns nil.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count <= Self.maximumPathLength,
                !path.utf8.contains(0)
            else { return nil }
            self = .unix(path: path)
        } else if text.hasPrefix("inet:") {
            let rest = text.dropFirst(5)
            guard let colon = rest.lastIndex(of: ":"),
                let port = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(port)
            else { return nil }
            var host = rest[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty else { return nil }
            self = .inet(host: String(host), port: port)
        } else {
            return nil
        }
    }

    /// Whether only processes of this host can reach it.
    ///
    /// A name other than `localhost` is not looked up, and does not count.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .inet(let host, _): host == "localhost" || host == "::1" || Self.isLoopback(host)
        }
    }

    /// The form that Postfix writes, and that ``init(_:)`` reads.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .inet(let host, let port):
            host.contains(":") ? "inet:[\(host)]:\(port)" : "inet:\(host):\(port)"
        }
    }

    // `127.0.0.1.example.org` begins like a loopback address, and is none.
    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets.first == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}
