import Foundation
import SMTP

/// Whether there is room on the disk for the copies of one more post.
///
/// `listseal-in` takes copies of any size, which switches Postfix's own check of
/// free space off for them; so posts are refused here while what is owed would
/// fill half of what is free.
public struct DiskSpaceCheck: Sendable {
    private let owedOctets: @Sendable () throws -> Int64
    private let freeOctets: @Sendable () throws -> Int64

    /// Asks the closures what the copies still owed will take, and what is free.
    public init(
        owedOctets: @escaping @Sendable () throws -> Int64,
        freeOctets: @escaping @Sendable () throws -> Int64
    ) {
        self.owedOctets = owedOctets
        self.freeOctets = freeOctets
    }

    /// Looks at the file system of a directory.
    public static func freeOctets(at path: String) throws -> Int64 {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    }

    /// The reply for a new post while there is no room.
    ///
    /// - SeeAlso: [RFC 3463 §3.4](https://www.rfc-editor.org/rfc/rfc3463#section-3.4)
    func refusal() throws -> SMTPReply? {
        try owedOctets() > freeOctets() / 2
            ? SMTPReply(
                452,
                EnhancedStatusCode(4, 3, 1),
                "No room for more posts now, please try again later"
            ) : nil
    }
}
