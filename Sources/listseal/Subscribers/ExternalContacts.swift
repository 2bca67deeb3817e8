import ArgumentParser
import Foundation
import MailingList
import OpenPGP
import SMTP

/// The command `listseal outsider`.
struct ExternalContactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outsider",
        abstract: "Say which key an address outside a list has, for what is sent on to it.",
        subcommands: [ExternalContactAdd.self, ExternalContactRemove.self]
    )
}

/// The command `listseal outsider add`.
struct ExternalContactAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Bind a key to an address outside the list, in the place of another."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The address outside.")
    var address: String
    @Option(help: "Its public key, a file; names in it are not asked.")
    var key: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let outsider = try administration.address(address)
        let certificate = try administration.certificate(in: key)
        try administration.store.carryOut(
            [.bindKey(certificate, to: outsider)],
            answers: [],
            in: target.id,
            now: Date()
        )
        let report = ExternalContactReport(
            ExternalContact(address: outsider, certificate: certificate, bound: Date())
        )
        try output.print(report, or: [report.line])
    }
}

/// The command `listseal outsider remove`.
struct ExternalContactRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget the key of an address outside the list."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The address outside.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let outsider = try administration.address(address)
        guard let known = try administration.store.outsider(at: outsider, of: target.id) else {
            throw CommandFailure(
                "no key is bound to \(outsider)",
                hint: "'listseal outsiders \(target.address)' prints those that are"
            )
        }
        try administration.store.carryOut(
            [.unbindKey(of: outsider)],
            answers: [],
            in: target.id,
            now: Date()
        )
        let report = ExternalContactReport(known)
        try output.print(report, or: [report.line])
    }
}

/// The command `listseal outsiders`.
struct ExternalContacts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print which keys addresses outside a list have."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let reports = try administration.store.outsiders(of: target.id).map(
            ExternalContactReport.init
        )
        try output.print(reports, or: reports.map(\.line))
    }
}

private struct ExternalContactReport: Encodable {
    let address: String
    let fingerprint: String
    let bound: Date

    init(_ outsider: ExternalContact) {
        address = outsider.address.description
        fingerprint = outsider.certificate.fingerprint.description
        bound = outsider.bound
    }

    var line: String { "\(address)  \(fingerprint)" }
}
