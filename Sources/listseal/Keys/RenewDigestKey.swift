import Administration
import ArgumentParser

/// The command `listseal renew-digest-key`.
struct RenewDigestKey: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew-digest-key",
        abstract: "Make another digest key where the old one is lost for good.",
        discussion: """
            Restore digest.key from a backup instead if you can. With another key, posts that wait \
            for a moderator can only be rejected, posts that a list has not signed and that are \
            still owed are not sent, and answers no longer stand in their threads.
            """
    )

    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<RenewedDigestKey> { try host.renewDigestKey() }

    func lines(of key: RenewedDigestKey) -> [String] {
        [
            "a new digest key is made",
            "\(key.heldPosts) posts that wait for a moderator can only be rejected",
            "\(key.unsignedPosts) posts that are still owed cannot be proven, and are not sent",
        ]
    }
}
