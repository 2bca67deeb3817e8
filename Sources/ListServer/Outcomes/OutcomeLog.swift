import Foundation
import NIOConcurrencyHelpers

/// Writes and reads the outcome log: one JSON line for each message, in two files.
///
/// Refused messages are not in the database, which strangers could fill with them. In
/// this log they can only displace older lines: a file that has ``maximumSize`` octets
/// becomes the older file.
public final class OutcomeLog: Sendable {
    /// The most octets of each of the two files.
    public static let maximumSize: UInt64 = 16 << 20

    private let path: String
    private let file = NIOLockedValueBox<FileHandle?>(nil)

    /// Makes a log with this file, and an older file beside it.
    public init(path: String) {
        self.path = path
    }

    /// Appends an entry.
    ///
    /// - Throws: An error of the file system.
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

    /// Closes the file; the next entry opens the file that has its name then.
    ///
    /// - Throws: An error of the file system.
    public func reopen() throws {
        try file.withLockedValue { file in
            try file?.close()
            file = nil
        }
    }

    /// All entries with this reference, oldest first.
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
