import Foundation
import Unix

/// Replaces a file atomically: a crash leaves the old file or the new one.
enum AtomicFile {
    /// Writes a temporary file beside the target, syncs it, and renames it.
    ///
    /// The owner and, unless given, the mode of an existing file are kept. A symbolic
    /// link is followed, so that a main.cf in another place stays there.
    static func write(_ data: Data, to path: String, permissions: Int? = nil) throws {
        let files = FileManager.default
        let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let existing = try? files.attributesOfItem(atPath: target)
        let new = "\(target).listseal-\(UUID().uuidString)"
        let mode = permissions ?? (existing?[.posixPermissions] as? NSNumber)?.intValue ?? 0o600
        guard
            files.createFile(
                atPath: new,
                contents: nil,
                attributes: [.posixPermissions: mode & 0o600]
            ), let handle = FileHandle(forWritingAtPath: new)
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: new]) }
        do {
            defer { try? handle.close() }
            try handle.write(contentsOf: data)
            if let owner = existing?[.ownerAccountName] as? String {
                try SystemAccount.giveAway(
                    new,
                    to: owner,
                    group: existing?[.groupOwnerAccountName] as? String
                )
            }
            try files.setAttributes([.posixPermissions: mode], ofItemAtPath: new)
            try handle.synchronize()
            try DurableFile.rename(new, to: target)
        } catch {
            try? files.removeItem(atPath: new)
            throw error
        }
    }
}
