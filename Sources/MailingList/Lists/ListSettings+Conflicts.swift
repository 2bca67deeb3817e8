extension ListSettings {
    /// Which two settings ask for what cannot be had together, and what to do; nil if none do.
    ///
    /// Asked wherever a setting is changed, whoever changes it.
    public var conflict: String? {
        if copies.from == .original, copies.originalDomains.isEmpty {
            return "from=original and original_domains go together: set the domains first, on "
                + "the host ('listseal list set LIST original_domains DOMAIN'), and change from "
                + "before they go"
        }
        if copies.encryption == .asReceived, !copies.isSigned {
            return "encrypt_outgoing=as-received needs sign_outgoing=true: nothing else tells a "
                + "reader that what comes in clear is the list's"
        }
        guard copies.preservesOriginalSignature else { return nil }
        guard copies.from == .original else {
            return "preserve_original_sig needs from=original: an author's signature under "
                + "another's address is a warning to every reader"
        }
        let inside: [(name: String, isSet: Bool, wanted: String)] = [
            ("metadata", !copies.metadata.isEmpty, "none"),
            ("subject_prefix", !copies.subjectPrefix.isEmpty, "\"\""),
            ("footer", !copies.footer.isEmpty, "\"\""),
            ("strip_original_sig", copies.stripsOriginalSignature, "false"),
        ]
        let asked = inside.filter(\.isSet)
        guard !asked.isEmpty else { return nil }
        return "preserve_original_sig leaves what is inside a post to its author, and "
            + asked.map { "\($0.name) would change it; set it to \($0.wanted)" }
            .joined(separator: "; ")
    }
}
