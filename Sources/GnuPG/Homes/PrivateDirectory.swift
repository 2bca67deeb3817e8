import Foundation
import Glibc
import OpenPGP
import Unix

/// Creates directories and files that only this user may read.
enum PrivateDirectory {
    /// Creates a directory with mode 0700, or checks one that exists.
    ///
    /// - Throws: ``OpenPGPError/Code/unsafeDirectory`` if the path is not a directory, belongs to
    ///   another user, or is accessible to other users.
    static func prepare(
        _ path: String,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) {
        if !FileManager.default.fileExists(atPath: path) {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw OpenPGPError.system(number(of: error), operation)
            }
        }
        var information = stat()
        guard unsafe lstat(path, &information) == 0 else {
            throw OpenPGPError.system(errno, operation)
        }
        guard information.st_mode & S_IFMT == S_IFDIR, information.st_uid == geteuid(),
            information.st_mode & 0o077 == 0
        else { throw OpenPGPError(.unsafeDirectory, operation) }
    }

    /// Writes a file under a temporary name and renames it, so that nobody reads or runs an
    /// incomplete file; a file with the same content and mode stays.
    static func write(
        _ bytes: [UInt8],
        to path: String,
        mode: Int,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) {
        // A script that is open for writing cannot be run (ETXTBSY), even if the descriptor was
        // inherited by a child of another thread. So an identical file is not written again.
        if let present = FileManager.default.contents(atPath: path), present.elementsEqual(bytes),
            Self.mode(of: path) == mode
        {
            return
        }
        do {
            try DurableFile.replace(path, Data(bytes), mode: mode_t(mode))
        } catch {
            throw OpenPGPError.system(error.code, operation)
        }
    }

    // Nil unless it is a file of this user's: then a new one takes its place.
    private static func mode(of path: String) -> Int? {
        var information = stat()
        guard unsafe lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
            information.st_uid == geteuid()
        else { return nil }
        return Int(information.st_mode & 0o7777)
    }

    private static func number(of error: any Error) -> Int32 { PlainWords.code(of: error) ?? EIO }
}
