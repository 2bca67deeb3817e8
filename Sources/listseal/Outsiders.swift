import ArgumentParser
import Foundation
import MailingList
import OpenPGP
import SMTP

/// The command `listseal outsider`.
struct OutsiderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outsider",
        abstract: "Say which key an address outside a list has, for what is sent on to it.",
        subcommands: [OutsiderAdd.self, OutsiderRemove.self]
    )
}

/// The command `listseal outsider add`.
struct OutsiderAdd: ParsableCommand {
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
        let report = OutsiderReport(
            Outsider(address: outsider, certificate: certificate, bound: Date())
        )
        try output.print(report, or: [report.line])
    }
}

/// The command `listseal outsider remove`.
struct OutsiderRemove: ParsableCommand {
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
        let report = OutsiderReport(known)
        try output.print(report, or: [report.line])
    }
}

/// The command `listseal outsiders`.
struct Outsiders: ParsableCommand {
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
        let reports = try administration.store.outsiders(of: target.id).map(OutsiderReport.init)
        try output.print(reports, or: reports.map(\.line))
    }
}

private struct OutsiderReport: Encodable {
    let address: String
    let fingerprint: String
    let bound: Date

    init(_ outsider: Outsider) {
        address = outsider.address.description
        fingerprint = outsider.certificate.fingerprint.description
        bound = outsider.bound
    }

    var line: String { "\(address)  \(fingerprint)" }
}
