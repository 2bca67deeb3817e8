import SMTP
import Testing

@Suite("Socket paths")
struct SocketPathTests {
    @Test(
        "Both of Postfix's forms are parsed and written",
        arguments: ["unix:/run/x.sock", "inet:127.0.0.1:24", "inet:[::1]:24", "inet:mx.example:24"]
    )
    func roundTrip(_ text: String) {
        #expect(SocketPath(text)?.description == text)
    }

    @Test(
        "Any other form is refused",
        arguments: [
            "", "/run/x.sock", "unix:", "unix:x.sock", "inet:24", "inet::24", "inet:a:0",
            "inet:a:65536", "inet:24@127.0.0.1", "unix:/\(String(repeating: "x", count: 107))",
        ]
    )
    func refused(_ text: String) {
        #expect(SocketPath(text) == nil)
    }

    @Test(
        "Only sockets of this host count as local",
        arguments: [
            ("unix:/run/x.sock", true), ("inet:127.0.0.1:24", true), ("inet:127.9.9.9:24", true),
            ("inet:[::1]:24", true), ("inet:localhost:24", true), ("inet:0.0.0.0:24", false),
            ("inet:192.0.2.1:24", false), ("inet:127.0.0.1.example.org:24", false),
            ("inet:[::]:24", false), ("inet:127.0.0.1.2:24", false),
        ]
    )
    func local(_ text: String, _ isLocal: Bool) {
        #expect(SocketPath(text)?.isLocal == isLocal)
    }
}
