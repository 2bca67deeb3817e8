import Foundation

/// Errors of the file system in the words of a person who has to mend them.
package enum PlainWords {
    /// What happened: `the disk is full: cannot write /var/lib/x`, or the error's own words.
    package static func of(_ error: any Error) -> String {
        if let error = error as? FileError { return error.description }
        guard let code = code(of: error) else { return "\(error)" }
        let values = (error as NSError).userInfo
        let path =
            values[NSFilePathErrorKey] as? String
            ?? (values[NSURLErrorKey] as? URL)?.path(percentEncoded: false)
        return of(code: code, path: path)
    }

    /// The number of the operating system in an error of Foundation's; nil if it has none.
    package static func code(of error: any Error) -> CInt? {
        if let error = error as? FileError { return error.code }
        // Foundation wraps what the operating system said.
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return CInt(error.code) }
        guard error.domain == NSCocoaErrorDomain else { return nil }
        if let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError { return code(of: inner) }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileWriteOutOfSpace: return ENOSPC
        case .fileWriteVolumeReadOnly: return EROFS
        case .fileReadNoSuchFile, .fileNoSuchFile: return ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: return EACCES
        default: return nil
        }
    }

    /// The same for a number of the operating system and a file, if one is known.
    package static func of(code: CInt, path: String?) -> String {
        let place = path.map { ": cannot write \($0)" } ?? ""
        switch code {
        case ENOSPC: return "the disk is full" + place
        case EDQUOT: return "the disk quota is used up" + place
        case EROFS: return "the file system is read-only" + place
        default:
            let words = unsafe String(cString: strerror(code))
            return path.map { "\($0): \(words)" } ?? words
        }
    }
}
