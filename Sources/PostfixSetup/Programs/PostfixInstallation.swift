import Foundation
import Unix

/// The record of a set-up: how Listseal is attached to a Postfix instance.
///
/// It is stored as `STATE/postfix/installation.json`. The user that ran `setup`,
/// normally root, writes it, and the daemon reads its socket paths from it. The daemon
/// must not be able to write it, because root trusts it later.
public struct PostfixInstallation: Codable, Sendable, Hashable {
    /// A parameter of the site in which `setup` replaced references by their values.
    public struct ExpandedParameter: Codable, Sendable, Hashable {
        /// `non_smtpd_milters`, or `SERVICE/TYPE/non_smtpd_milters` in master.cf.
        public var name: String
        /// The original text of the parameter.
        public var original: String
        /// The text that `setup` wrote.
        public var written: String

        /// Makes a record of one parameter.
        public init(name: String, original: String, written: String) {
            self.name = name
            self.original = original
            self.written = written
        }
    }

    /// The directory of main.cf and master.cf, absolute.
    public var configurationDirectory: String
    /// Postfix's queue directory, absolute.
    public var queueDirectory: String
    /// The absolute path of the milter's socket.
    public var milterSocket: String
    /// The absolute path of the LMTP gate's socket.
    public var gateSocket: String
    /// The absolute path of the socket on which Postfix receives our copies.
    public var wayBackSocket: String
    /// The absolute path of the address table's source text.
    public var mapPath: String
    /// The type of the address table: `hash` or `lmdb`.
    public var mapType: String
    /// The path of the `regexp:` table for addresses with tokens; nil if not needed.
    public var patternPath: String?
    /// The domain whose mail Postfix delivers to the gate.
    public var gateDomain: String
    /// The domains that only lists use.
    public var dedicatedDomains: [String]
    /// The user that the daemon runs as.
    public var serviceUser: String
    /// The site's parameters in which `setup` replaced references by their values.
    public var expandedParameters: [ExpandedParameter]
    /// The parameters that main.cf did not set before.
    public var introducedParameters: [String]

    /// Reads the record from a state directory; nil if there is none.
    ///
    /// - Throws: ``PostfixSetupError`` if the record exists and cannot be read.
    public static func load(state: String) throws -> Self? {
        let path = StateFiles(state: state).installation
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try JSONDecoder().decode(
                Self.self,
                from: try Data(contentsOf: URL(filePath: path))
            )
        } catch {
            throw PostfixSetupError.unreadable(path: path, reason: "\(error)")
        }
    }

    /// Stores the record in a state directory, readable by every user: nothing is secret.
    ///
    /// - Throws: An error of the file system.
    public func save(state: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let files = StateFiles(state: state)
        try files.makeDirectory()
        try DurableFile.rewrite(
            files.installation,
            try encoder.encode(self) + Data("\n".utf8),
            mode: 0o644
        )
    }
}
