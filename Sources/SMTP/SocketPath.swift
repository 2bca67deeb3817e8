/// The address of a listening socket, in Postfix's notation.
///
/// Examples are `unix:/run/listseal/lmtp.sock` and `inet:127.0.0.1:10024`. This type
/// does not parse libmilter's form of the second, `inet:10024@127.0.0.1`.
public enum SocketPath: Sendable, Hashable, CustomStringConvertible {
    /// A UNIX-domain socket, by its absolute path.
    case unix(path: String)
    /// A TCP port of a host, by name or by address.
    case inet(host: String, port: Int)

    /// The longest path, in octets: `sun_path` has 108, and the last one is a NUL.
    public static let maximumPathLength = 107

    /// Parses `unix:PATH` or `inet:HOST:PORT`; nil for any other text.
    ///
    /// The path must be absolute.
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

    /// Whether only processes of this host can connect to the socket.
    ///
    /// False for every host name but `localhost`: names are not looked up.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .inet(let host, _): host == "localhost" || host == "::1" || Self.isLoopback(host)
        }
    }

    /// Postfix's notation, which ``init(_:)`` parses.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .inet(let host, let port):
            host.contains(":") ? "inet:[\(host)]:\(port)" : "inet:\(host):\(port)"
        }
    }

    // `127.0.0.1.example.org` starts like a loopback address but is a host name.
    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets.first == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}
