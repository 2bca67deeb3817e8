import Administration

extension PersonReport {
    /// The person in one line.
    var line: String {
        let state =
            unusableSince == nil
            ? delivery + (bouncedSince == nil ? "" : " by bounces") : "key unusable"
        return "\(address)  \(fingerprint ?? "no key")  \(roles.joined(separator: ","))  \(state)"
    }

    /// All about the person.
    var lines: [String] {
        [
            "address      \(address)",
            "roles        \(roles.joined(separator: ", "))",
            "key          \(fingerprint ?? "none")",
            "user ids     \(userIds.joined(separator: ", "))",
            "delivery     \(delivery)",
            "posts        \(isModerated ? "wait for a moderator" : "do not wait")",
            "encryption   \(encryption)",
            "added        \(created.readable)",
        ]
            + [
                unusableSince.map { "no copies since \($0.readable): the key is unusable" },
                bouncedSince.map { "no copies since \($0.readable): too many came back" },
            ].compactMap(\.self)
            + bounces.map { bounce in
                "came back    \(bounce.received.readable)  "
                    + (bounce.kind == "content" ? "content or size" : bounce.kind) + "  "
                    + "\(bounce.status ?? "no code")  \(bounce.detail)"
            }
    }

    private var encryption: String {
        if let encryptionExpires { return "until \(encryptionExpires.readable)" }
        return canEncrypt ? "does not expire" : "none: no copies can be made for this person"
    }
}
