import Foundation
import Unix

/// A Postfix table on disk: its source text and, if it has one, postmap's index.
struct MapFile {
    let path: String
    /// The index type, such as `hash` or `lmdb`; nil for a table that is read as text.
    let type: String?

    /// Whether the index exists and is not older than the text.
    var isIndexed: Bool {
        guard type != nil else { return true }
        guard let text = Self.modification(path) else { return false }
        let newest = indexFiles.compactMap(Self.modification).max()
        return newest.map { $0 >= text } ?? false
    }

    /// Builds the table in a temporary directory, and renames it into place.
    ///
    /// postmap rewrites an index in place. A Postfix process that reads it meanwhile finds
    /// an empty table and replies 550 for an existing list. The index is renamed before the
    /// text, so that the index on disk is never older than the text.
    func write(_ text: String, installation: PostfixInstallation) throws {
        let files = FileManager.default
        let home = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let workshop = "\(home)/.new-\(UUID().uuidString)"
        try files.createDirectory(
            atPath: workshop,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? files.removeItem(atPath: workshop) }
        try Data(text.utf8).write(to: URL(filePath: workshop + "/" + name))
        let owner = try files.attributesOfItem(atPath: home)[.ownerAccountName] as? String
        if let owner {
            // If root runs postmap, it works as the owner of the text.
            try SystemAccount.giveAway(workshop, to: owner)
            try SystemAccount.giveAway(workshop + "/" + name, to: owner)
        }
        if let type {
            try ExternalProgram("postmap").output(
                ["-c", installation.configurationDirectory, "\(type):\(workshop)/\(name)"]
            )
        }
        let made = try files.contentsOfDirectory(atPath: workshop).filter { $0 != name }
        for file in made + [name] {
            try files.setAttributes(
                [.posixPermissions: 0o644],
                ofItemAtPath: workshop + "/" + file
            )
        }
        try DurableFile.syncTree(workshop)
        for file in made + [name] {
            try DurableFile.rename(workshop + "/" + file, to: home + "/" + file)
        }
    }

    private var indexFiles: [String] {
        let home = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let all = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        return all.filter { $0.hasPrefix(name + ".") }.map { home + "/" + $0 }
    }

    private static func modification(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
