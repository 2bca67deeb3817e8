import ListServer
import MailingList
import PostfixSetup
import SMTP

extension ListHost {
    /// Checks that a list can have this posting address, and that no list has it.
    ///
    /// An address is in use if it belongs to a list in whatever role, or if one of its own
    /// roles would: `a-request` is a role of `a`, and cannot be a list too. With a `list`, that
    /// list's own aliases are free.
    ///
    /// Throws ``ActFailure`` of kind `malformed` or `inUse`.
    func checkFree(_ posting: EmailAddress, for list: MailingList? = nil) throws {
        try Self.checkName(of: posting)
        for candidate in ListAddress.candidates(for: posting) {
            switch candidate.role {
            // Whose these are depends on the domain, not on a list.
            case .postmaster, .abuse: continue
            case .posting, .request, .owner, .join, .leave, .confirm, .bounces, .sendkey:
                guard let other = try store.list(at: candidate.list) else { continue }
                guard other.id == list?.id, candidate.list == posting else {
                    throw ActFailure.addressInUse(posting, by: other)
                }
            }
        }
        for role in ListRole.named {
            let address = ListAddress(list: posting, role: role).address
            if let other = try store.list(at: address) {
                throw ActFailure.addressInUse(address, by: other)
            }
        }
    }

    private static func checkName(of posting: EmailAddress) throws {
        let name = posting.localPart
        guard name.utf8.count <= MailingList.maximumNameLength else {
            throw ActFailure(
                .malformed,
                "the name \(name) is too long",
                hint: "it can have \(MailingList.maximumNameLength) octets before the @, so that "
                    + "reverse-paths fit"
            )
        }
        // Else a post to the one could have been written to the other.
        guard !name.contains("+") else {
            throw ActFailure(
                .malformed,
                "a list cannot be called \(name)",
                hint: "Postfix reads what follows a + as an extension of the name before it"
            )
        }
        guard ListedAddresses.isUsable(posting) else {
            throw ActFailure(
                .malformed,
                "a list cannot be called \(name)",
                hint: "Postfix reads # ! % $ / | { } and quotes in another way: leave them out"
            )
        }
    }

    /// Checks that a person can have this address: that it belongs to no list of the host.
    ///
    /// The list would refuse the copies, which are addressed to it. Throws ``ActFailure`` of
    /// kind `notAllowed`.
    func checkOrdinary(_ address: EmailAddress) throws {
        guard try ListDirectory(store: store).resolve(address) == .ordinary else {
            throw ActFailure(
                .notAllowed,
                "\(address) belongs to a list of this host",
                hint: "subscribe people: a list cannot be a subscriber of another list"
            )
        }
    }
}

extension ActFailure {
    static func addressInUse(_ address: EmailAddress, by list: MailingList) -> Self {
        ActFailure(
            .inUse,
            "\(address) is an address of \(list.address)",
            hint: list.aliases.contains(address)
                ? "choose another, or 'listseal list alias remove \(list.address) \(address)'"
                : "choose another; 'listseal list show \(list.address)' prints the list"
        )
    }

    // A list that is a subscriber of itself, or of its own roles, loops.
    static func ownAddress(_ address: EmailAddress) -> Self {
        ActFailure(
            .notAllowed,
            "\(address) is an address of the list itself",
            hint: "subscribe people"
        )
    }
}
