extension PostfixInstallation {
    /// The octets of the largest message that this Postfix accepts, `message_size_limit`.
    ///
    /// It runs postconf. Nil if Postfix has no limit, or if postconf cannot say it.
    public var messageSizeLimit: Int? {
        guard let instance = try? PostfixInstance(directory: configurationDirectory),
            let text = try? instance.expandedValue(of: "message_size_limit"),
            let octets = Int(text), octets > 0
        else { return nil }
        return octets
    }
}
