extension Refusal {
    /// Whether the reason can only be known by opening the message, or by looking up people.
    ///
    /// All of these share one reply. Whatever is done before that reply is done for all of
    /// them, so that the time tells nothing.
    public var dependsOnOpening: Bool {
        self == .commandRefused || reply == Refusal.notDecryptable.reply
    }
}
