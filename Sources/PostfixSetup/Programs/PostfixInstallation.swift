import Foundation

/// Where and how a Postfix instance is attached: what `setup` did.
///
/// It is kept as `STATE/postfix/installation.json`, and the daemon finds its
/// sockets in it. It is written by whoever ran `setup`, normally root, and read
/// by the daemon, which must not be able to write it: root trusts it later.
public struct PostfixInstallation: Codable, Sendable, Hashable {
    /// A parameter of the site that we had to write out, and how it read before.
    public struct ExpandedParameter: Codable, Sendable, Hashable {
        /// `non_smtpd_milters`, or `SERVICE/TYPE/non_smtpd_milters` in master.cf.
        public var name: String
        /// The text before.
        public var original: String
        /// The text that we put there.
        public var written: String

        /// Puts the texts side by side.
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
    /// Where the milter listens, absolute.
    public var milterSocket: String
    /// Where the LMTP gate listens, absolute.
    public var gateSocket: String
    /// Where Postfix takes our copies, absolute.
    public var wayBackSocket: String
    /// The source text of the address table, absolute.
    public var mapPath: String
    /// The type of the address table: `hash` or `lmdb`.
    public var mapType: String
    /// The `regexp:` table for addresses with tokens, where one is needed.
    public var patternPath: String?
    /// The domain whose transport is the gate.
    public var gateDomain: String
    /// The domains that nobody serves but the lists.
    public var dedicatedDomains: [String]
    /// The user that the daemon runs as.
    public var serviceUser: String
    /// What of the site's had to be written out.
    public var expandedParameters: [ExpandedParameter]
    /// Parameters of main.cf that were not set before.
    public var introducedParameters: [String]

    /// Reads what was kept in a state directory; nil if nothing was.
    ///
    /// Throws ``PostfixSetupError`` if it is there and cannot be read.
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

    /// Keeps it in a state directory, readable by everybody: nothing is secret.
    ///
    /// Throws what the file system says.
    public func save(state: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let files = StateFiles(state: state)
        try files.makeDirectory()
        try AtomicFile.write(
            try encoder.encode(self) + Data("\n".utf8),
            to: files.installation,
            permissions: 0o644
        )
    }
}
