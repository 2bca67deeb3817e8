public import Foundation

/// What a set-up or a removal would change, ready to be looked at and applied.
public struct PostfixPlan: Sendable {
    /// One of the two files.
    public struct FileChange: Sendable {
        /// The file, absolute.
        public let path: String
        /// Its octets when the plan was made.
        public let before: Data
        /// Its octets afterwards.
        public let after: Data
        /// Its octets without anything of ours, to be kept.
        let original: Data

        /// Whether there is something to write.
        public var isChange: Bool { before != after }

        /// The change as `diff -u` prints it.
        public var difference: String {
            LineDifference(
                from: String(decoding: before, as: UTF8.self),
                to: String(decoding: after, as: UTF8.self)
            ).description(oldName: path, newName: path)
        }

        static func both(
            in directory: String,
            before: ConfigurationFiles,
            after: ConfigurationFiles,
            original: ConfigurationFiles
        ) -> [Self] {
            [
                Self(
                    path: directory + "/main.cf",
                    before: before.main,
                    after: after.main,
                    original: original.main
                ),
                Self(
                    path: directory + "/master.cf",
                    before: before.master,
                    after: after.master,
                    original: original.master
                ),
            ]
        }
    }

    /// How the instance will be attached.
    public let installation: PostfixInstallation
    /// main.cf and master.cf.
    public let files: [FileChange]
    /// The lists that were asked for.
    public let addresses: ListedAddresses
    /// Whether the address table on disk must be written.
    public let isMapChanged: Bool
    /// What an administrator should know of the decisions, a sentence each.
    public let notes: [String]

    /// Both files' changes as `diff -u` prints them; empty if there are none.
    public var difference: String { files.map(\.difference).joined() }

    /// Whether applying it would write nothing that Postfix reads.
    public var changesNothing: Bool { !files.contains(where: \.isChange) && !isMapChanged }
}

/// What a removal did or would do.
public struct PostfixRemoval: Sendable {
    /// main.cf and master.cf.
    public let files: [PostfixPlan.FileChange]
    /// Whether both files are again what they were before the first set-up.
    public let isByteIdentical: Bool
    let installation: PostfixInstallation

    /// Both files' changes as `diff -u` prints them.
    public var difference: String { files.map(\.difference).joined() }
}
