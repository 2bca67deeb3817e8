import SMTP

/// The names under which Postfix knows us, and how our list elements are known.
enum OwnNames {
    static let gateDomain = ListAddressing.gateDomain
    /// Below the queue directory, which is where a chrooted smtpd can look.
    static let socketDirectory = "listseal"
    static let milterSocket = "listseal/milter.sock"
    static let gateSocket = "listseal/gate.sock"
    static let wayBackSocket = "public/listseal-in"
    /// Octets of a socket's path: `sun_path` has 108 with its NUL.
    static let maximumSocketPath = 107

    /// Our milter.
    ///
    /// It may fail open because the gate behind it fails closed.
    /// A post is opened and verified while Postfix waits: 600 s is as long as
    /// clients wait for the answer to their data (RFC 5321 §4.5.3.2.6).
    static let milter = "{ unix:\(milterSocket), default_action=accept, content_timeout=600s }"

    /// The transport of the gate domain, in main.cf itself: no file to lose.
    static let transport =
        "inline:{{\(gateDomain)=\(OwnService.gate.rawValue):unix:\(gateSocket)}}"

    static func isMilter(_ element: String) -> Bool {
        let names = ParameterList(element.filter { $0 != "{" && $0 != "}" }).elements
        return names.first?.hasSuffix(":" + milterSocket) == true
    }

    static func isTransport(_ element: String) -> Bool {
        element.hasPrefix("inline:") && element.contains("\(gateDomain)=")
            || element.hasPrefix("inline:") && element.contains("\(gateDomain) =")
    }

    /// Our tables, of whatever type, know by where they lie.
    static func isMap(_ element: String, of files: StateFiles) -> Bool {
        element.hasSuffix(":" + files.map) || element.hasSuffix(":" + files.patterns)
    }
}
