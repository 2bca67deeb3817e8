import Foundation
import NIOConcurrencyHelpers

/// The decisions of the last weeks: one JSON line each, in two files.
///
/// A refused message leaves nothing in the database, or strangers could fill
/// it. Here they can push out older lines, and no more: when a file has
/// ``maximumSize`` octets it becomes the older one.
public final class OutcomeLog: Sendable {
    /// Octets of each of the two files.
    public static let maximumSize: UInt64 = 16 << 20

    private let path: String
    private let file = NIOLockedValueBox<FileHandle?>(nil)

    /// Writes to, and reads from, this file and one beside it.
    public init(path: String) {
        self.path = path
    }

    /// Appends a decision.
    ///
    /// Throws what the file system says.
    public func append(_ decision: LogEntry) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(decision) + Data("\n".utf8)
        try file.withLockedValue { file in
            if let open = file, try open.offset() > Self.maximumSize {
                try open.close()
                file = nil
                try? FileManager.default.removeItem(atPath: older)
                try FileManager.default.moveItem(atPath: path, toPath: older)
            }
            let handle = try file ?? open()
            file = handle
            try handle.write(contentsOf: line)
        }
    }

    /// Closes the file; the next line opens whatever has its name then.
    public func reopen() throws {
        try file.withLockedValue { file in
            try file?.close()
            file = nil
        }
    }

    /// Every decision with this reference, oldest first.
    public func decisions(reference: String) throws -> [LogEntry] {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let needle = Data("\"reference\":\"\(reference)\"".utf8)
        return [older, path].flatMap { path -> [LogEntry] in
            guard let data = FileManager.default.contents(atPath: path) else { return [] }
            return data.split(separator: UInt8(ascii: "\n"))
                .filter { $0.firstRange(of: needle) != nil }
                .compactMap { try? decoder.decode(LogEntry.self, from: $0) }
                .filter { $0.reference == reference }
        }
    }

    private var older: String { path + ".1" }

    private func open() throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(
                atPath: path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seekToEnd()
        return handle
    }
}
