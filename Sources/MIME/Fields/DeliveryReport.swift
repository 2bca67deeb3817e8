/// What an MTA reports about one recipient of a message.
///
/// It is used to count bounces only. The quoted message is never read.
///
/// - SeeAlso: [RFC 3464 §2](https://www.rfc-editor.org/rfc/rfc3464#section-2)
public struct DeliveryReport: Sendable, Hashable {
    /// What happened to the message.
    ///
    /// - SeeAlso: [RFC 3464 §2.3.3](https://www.rfc-editor.org/rfc/rfc3464#section-2.3.3)
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// The MTA gave up.
        case failed
        /// The MTA will try again.
        case delayed
        /// The message was delivered.
        case delivered
        /// The message went to a system that sends no reports.
        case relayed
        /// The message was delivered and sent on to several addresses.
        case expanded
    }

    /// The largest report, in octets.
    static let maximumOctets = 64 << 10
    /// The number of lines that are read.
    static let maximumLines = 1000

    /// What happened to the message.
    public let action: Action
    /// The enhanced status code in Status, as written.
    public let status: String?
    /// The reply of the other server, on one line.
    public let diagnostic: String?

    /// Reads the report in a multipart/report, or returns nil if there is none.
    ///
    /// If it names several recipients, the first failed one counts: the list sends each copy
    /// to one subscriber, and an MTA may report the addresses to which an alias expands.
    public init?(_ root: Part) {
        // RFC 6522 §3: multipart/report; report-type=delivery-status.
        guard root.contentType.isType("multipart", "report"),
            let part = root.children.first(where: {
                $0.contentType.isType("message", "delivery-status")
                    || $0.contentType.isType("message", "global-delivery-status")
            }),
            let body = try? part.decodedBody(limit: Self.maximumOctets)
        else { return nil }
        let groups = Self.groups(String(decoding: body, as: UTF8.self))
        let reports = groups.compactMap { group -> Self? in
            guard let word = group["action"]?.split(whereSeparator: { !$0.isLetter }).first,
                let action = Action(rawValue: word.lowercased())
            else { return nil }
            return Self(
                action: action,
                status: group["status"]?.split(whereSeparator: \.isWhitespace).first
                    .map(String.init),
                diagnostic: group["diagnostic-code"]
            )
        }
        guard let report = reports.first(where: { $0.action == .failed }) ?? reports.first else {
            return nil
        }
        self = report
    }

    private init(action: Action, status: String?, diagnostic: String?) {
        self.action = action
        self.status = status
        self.diagnostic = diagnostic
    }

    // RFC 3464 §2.1: groups of fields with an empty line between them.
    private static func groups(_ text: String) -> [[String: String]] {
        var groups: [[String: String]] = [[:]]
        var last: String?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .prefix(maximumLines)
        {
            if line.allSatisfy(\.isWhitespace) {
                groups.append([:])
                last = nil
            } else if line.first?.isWhitespace == true {
                guard let last else { continue }
                let more = " " + line.drop(while: \.isWhitespace)
                groups[groups.count - 1][last]?.append(more)
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                last = name
                // RFC 3464 allows each field once; if one is repeated, the first counts.
                if groups[groups.count - 1][name] == nil {
                    groups[groups.count - 1][name] = String(
                        line[line.index(after: colon)...].drop(while: \.isWhitespace)
                    )
                } else {
                    last = nil
                }
            }
        }
        return groups
    }
}
