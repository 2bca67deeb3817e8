import Foundation
import ListServer
package import MailingList
import OpenPGP
import SMTP

/// The kept posts of a list that were written into a maildir.
package struct ExportedArchive: Sendable, Hashable, Encodable {
    /// The maildir.
    package let folder: String
    /// How many posts are in it.
    package let posts: Int
    /// The Message-IDs of the stored posts that are not what the list has kept.
    package let leftOut: [String]
}

extension ListHost {
    /// Writes the posts that a list has kept into a maildir, each encrypted to one key.
    ///
    /// The result has a failure of kind `incomplete` if somebody has changed posts in the
    /// database: they are left out.
    ///
    /// - Parameters:
    ///   - list: The list.
    ///   - folder: The maildir, which is made if it does not exist.
    ///   - file: The public key of the person who reads it.
    ///   - progress: Is called after each post, with the number of all.
    /// - Returns: How many posts were written.
    /// - Throws: ``ActFailure``: `malformed` for the key, `file` if the folder cannot be
    ///   written; and ``ArchiveError`` if nothing can be encrypted to the key.
    package func exportArchive(
        of list: MailingList,
        into folder: String,
        to file: KeyFile,
        progress: (Int) -> Void = { _ in }
    ) throws -> ActResult<ExportedArchive> {
        let certificate = try certificate(in: file).certificate
        let exporter = ArchiveExporter(store: store, sealer: try sealer())
        let maildir = try Maildir(making: folder)
        let total = try exporter.count(of: list)
        var count = 0
        let forged = try exporter.forEachCopy(of: list, to: certificate, now: clock()) {
            try maildir.write($1, named: $0)
            count += 1
            progress(total)
        }
        return ActResult(
            ExportedArchive(folder: folder, posts: count, leftOut: forged),
            failure: forged.isEmpty
                ? nil
                : ActFailure(
                    .incomplete,
                    "somebody has changed \(forged.count) posts in the database; they were left "
                        + "out: " + forged.joined(separator: ", "),
                    hint: "restore the database from a backup"
                )
        )
    }
}

/// A folder with one message a file.
///
/// - SeeAlso: [maildir(5)](https://cr.yp.to/proto/maildir.html)
private struct Maildir {
    private let path: String

    init(making path: String) throws {
        self.path = path
        for name in ["cur", "new", "tmp"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(name)",
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch { throw Self.failure("\(path)/\(name)") }
        }
    }

    func write(_ octets: [UInt8], named name: String) throws {
        let (fresh, final) = ("\(path)/tmp/\(name)", "\(path)/new/\(name)")
        guard
            FileManager.default.createFile(
                atPath: fresh,
                contents: Data(octets),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw Self.failure(fresh) }
        try? FileManager.default.removeItem(atPath: final)
        do {
            try FileManager.default.moveItem(atPath: fresh, toPath: final)
        } catch { throw Self.failure(final) }
    }

    private static func failure(_ path: String) -> ActFailure {
        ActFailure(
            .file,
            "\(path) cannot be written",
            hint: "name a folder that you may write to"
        )
    }
}
