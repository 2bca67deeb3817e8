import Foundation
import SMTP

/// Refuses new posts while the disk may be too small for their copies.
///
/// `listseal-in` accepts copies of any size, which turns off Postfix's own check of the
/// free space. So this check refuses posts while the copies to send need more than
/// half of the free space. It also refuses them while the file system of the state has less
/// than ``stateReserve`` free: the outcomes of the copies on their way must be recorded there.
public struct DiskSpaceCheck: Sendable {
    /// The octets that stay free where the state is: 8 MiB.
    public static let stateReserve: Int64 = 8 << 20

    private let owedOctets: @Sendable () throws -> Int64
    private let freeOctets: @Sendable () throws -> Int64
    private let freeStateOctets: @Sendable () throws -> Int64

    /// Makes a check from closures that return the octets to send, and the free octets where
    /// Postfix's queue is and where the state is.
    public init(
        owedOctets: @escaping @Sendable () throws -> Int64,
        freeOctets: @escaping @Sendable () throws -> Int64,
        freeStateOctets: @escaping @Sendable () throws -> Int64 = { .max }
    ) {
        self.freeStateOctets = freeStateOctets
        self.owedOctets = owedOctets
        self.freeOctets = freeOctets
    }

    /// The free octets of the file system that contains a directory.
    ///
    /// - Throws: An error of the file system.
    public static func freeOctets(at path: String) throws -> Int64 {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    }

    /// The reply to a new post; nil if there is enough space.
    ///
    /// - SeeAlso: [RFC 3463 §3.4](https://www.rfc-editor.org/rfc/rfc3463#section-3.4)
    func refusal() throws -> SMTPReply? {
        try owedOctets() > freeOctets() / 2 || freeStateOctets() < Self.stateReserve
            ? SMTPReply(
                452,
                EnhancedStatusCode(4, 3, 1),
                "No room for more posts now, please try again later"
            ) : nil
    }
}
