import Foundation
import MailingList
import OpenPGP
import SMTP

/// A list as it is printed.
struct ListReport: Encodable {
    let address: String
    let aliases: [String]
    let listID: String
    let fingerprint: String
    let previousFingerprint: String?
    let previousEnds: Date?
    let created: Date
    let settings: [String: String]
    let owners: [String]

    init(_ list: MailingList, _ administration: Administration) throws {
        address = list.address.description
        aliases = list.aliases.map(\.description)
        listID = list.listID
        fingerprint = list.fingerprint.description
        previousFingerprint = list.previousKey?.fingerprint.description
        previousEnds = list.previousKey?.ends
        created = list.created
        settings = Dictionary(
            uniqueKeysWithValues: ListSettings.table.map { ($0.name, $0.value(list.settings)) }
        )
        owners = try administration.store.owners(of: list.id).map(\.address.description)
    }

    var lines: [String] {
        [
            "list         \(address)",
            aliases.isEmpty ? nil : "aliases      \(aliases.joined(separator: ", "))",
            "list-id      \(listID)",
            "key          \(fingerprint)",
            previousFingerprint.map { key in
                "key before   \(key) until \(previousEnds.map(OutputOptions.time) ?? "")"
            },
            "created      \(OutputOptions.time(created))",
            "owners       \(owners.joined(separator: ", "))",
        ].compactMap(\.self)
            + ListSettings.table.map { setting in
                "\(setting.name) = \(settings[setting.name] ?? "")   (\(setting.summary))"
            }
    }
}
