import SMTP

/// Our names in Postfix's configuration, and how to recognize our list elements.
enum OwnNames {
    static let gateDomain = ListAddressing.gateDomain
    /// The socket directory, below the queue directory so that a chrooted smtpd finds it.
    static let socketDirectory = "listseal"
    static let milterSocket = "listseal/milter.sock"
    static let gateSocket = "listseal/gate.sock"
    static let wayBackSocket = "public/listseal-in"
    /// The longest path of a socket in octets: `sun_path` has 108 with its NUL.
    static let maximumSocketPath = 107

    /// Our element of smtpd_milters.
    ///
    /// `default_action=accept` is safe because list mail then reaches the gate, which
    /// refuses or delays what it cannot handle. Postfix waits while a post is opened and
    /// verified. SMTP clients wait 600 s for the reply to their data.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.2.6](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2.6)
    static let milter = "{ unix:\(milterSocket), default_action=accept, content_timeout=600s }"

    /// The transport of the gate domain, inline in main.cf, so that no file can be lost.
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

    /// Whether an element is one of our tables; its path decides, not its type.
    static func isMap(_ element: String, of files: StateFiles) -> Bool {
        element.hasSuffix(":" + files.map) || element.hasSuffix(":" + files.patterns)
    }
}
