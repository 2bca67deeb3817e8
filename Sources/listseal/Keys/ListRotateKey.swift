import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP

/// The command `listseal list rotate-key`.
struct ListRotateKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Give the list another key, which the old one announces.",
        discussion: """
            Everybody on the list gets the new key in a mail that the old one has signed. Mail to \
            the old key is read as long as --days says; then what is stored is sealed to the new \
            one, and the old one's secret half is destroyed.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Option(help: "For how many days mail to the old key is read.")
    var days = 30
    @Option(help: ArgumentHelp("Make an RSA key of so many bits.", valueName: "bits"))
    var rsa: Int?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...365).contains(days) else { throw ValidationError("--days is from 1 to 365.") }
        try KeyReplacement.check(rsa: rsa)
    }

    func run() throws {
        let administration = try Administration(state)
        try KeyReplacement(of: list, rsa: rsa, isRevoked: false, administration).carryOut(
            until: Date().addingTimeInterval(TimeInterval(days) * 86_400),
            output
        )
    }
}

/// The command `listseal list revoke-key`.
struct ListRevokeKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-key",
        abstract: "Revoke the list's key, because somebody else may have it, and make another.",
        discussion: """
            Mail to the old key is refused at once. Everybody on the list is told, by the new \
            key, which nobody can believe for that alone: read its fingerprint out to them. What \
            is stored is sealed to the new key now, and the old one's secret half is destroyed a \
            day later, or when no post waits for a moderator that was encrypted to it. Mail of the list from before can be read by whoever has both.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Option(help: ArgumentHelp("Make an RSA key of so many bits.", valueName: "bits"))
    var rsa: Int?
    @Flag(help: "Do it; without this it only says what it would do.")
    var yes = false
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try KeyReplacement.check(rsa: rsa) }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        guard yes else {
            throw CommandFailure(
                "this would revoke the key of \(target.address), for ever",
                hint: "add --yes"
            )
        }
        // Whoever is taking a message now may still seal it to the old one.
        try KeyReplacement(of: list, rsa: rsa, isRevoked: true, administration).carryOut(
            until: Date().addingTimeInterval(86_400),
            output
        )
    }
}
