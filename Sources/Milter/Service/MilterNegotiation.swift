import CMilter

/// The actions and protocol steps that the milter asks of the MTA.
///
/// The milter asks for exactly what it uses, and rejects an MTA that does not
/// offer it. A milter that loses an octet of a header breaks signatures over it.
enum MilterNegotiation {
    /// The actions: delete recipients, and choose the macros.
    static let actions = UInt(SMFIF_DELRCPT | SMFIF_SETSYMLIST)

    /// Keeps white space at the start of header values, which signatures cover.
    private static let required = UInt(SMFIP_HDR_LEADSPC)

    // Sessions do not use HELO and unknown commands.
    private static let unneeded = UInt(SMFIP_NOHELO | SMFIP_NOUNKNOWN)

    // Each stage without a reply saves a round trip. libmilter always offers these
    // steps: if the MTA waits for a reply, libmilter sends it.
    private static let unanswered = UInt(
        SMFIP_NR_CONN | SMFIP_NR_MAIL | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY
    )

    // The milter does not ask for SMFIP_SKIP, because SMFIS_SKIP is a reply to a body
    // chunk and SMFIP_NR_BODY turns those replies off. It does not ask for
    // SMFIP_RCPT_REJ either: with it, Postfix also shows recipients that it refused,
    // and they look like accepted ones.

    /// The protocol steps to ask for; nil if the MTA does not offer enough.
    static func steps(offeredActions: UInt, offeredSteps: UInt) -> UInt? {
        guard offeredActions & actions == actions, offeredSteps & required == required
        else { return nil }
        return required | unanswered | (unneeded & offeredSteps)
    }
}
