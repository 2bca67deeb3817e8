import CMilter

/// What is asked of the MTA before the first message.
///
/// Exactly what is used, and no MTA is served that cannot give it: a milter
/// that misses an octet of a header would find every signature broken.
enum MilterNegotiation {
    /// What may be done to messages: recipients deleted, macros asked for.
    static let actions = UInt(SMFIF_DELRCPT | SMFIF_SETSYMLIST)

    /// White space at the start of header values stays: signatures cover it.
    private static let required = UInt(SMFIP_HDR_LEADSPC)

    // HELO and unknown commands decide nothing here.
    private static let unneeded = UInt(SMFIP_NOHELO | SMFIP_NOUNKNOWN)

    // Each stage without an answer saves a round trip. libmilter offers these
    // always: it answers itself where the MTA waits for one.
    private static let unanswered = UInt(
        SMFIP_NR_CONN | SMFIP_NR_MAIL | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY
    )

    // Not asked for: SMFIP_SKIP, which is an answer to a piece of the body, and
    // those are not answered; and SMFIP_RCPT_REJ, with which a recipient that
    // was refused looks like one that was accepted.

    /// The protocol steps to ask for; nil if the offer is too small.
    static func steps(offeredActions: UInt, offeredSteps: UInt) -> UInt? {
        guard offeredActions & actions == actions, offeredSteps & required == required
        else { return nil }
        return required | unanswered | (unneeded & offeredSteps)
    }
}
