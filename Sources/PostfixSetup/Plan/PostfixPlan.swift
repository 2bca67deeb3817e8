public import Foundation

/// The changes of a set-up, to be shown and then applied.
public struct PostfixPlan: Sendable {
    /// The change of one file, main.cf or master.cf.
    public struct FileChange: Sendable {
        /// The absolute path of the file.
        public let path: String
        /// The octets of the file when the plan was made.
        public let before: Data
        /// The octets of the file after the change.
        public let after: Data
        /// The octets of the file without our changes, which the set-up stores.
        let original: Data

        /// Whether the file changes at all.
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

    /// The record of the set-up, which is stored when the plan is applied.
    public let installation: PostfixInstallation
    /// main.cf and master.cf.
    public let files: [FileChange]
    /// The posting addresses that the plan was made for.
    public let addresses: ListedAddresses
    /// Whether the address table on disk is outdated.
    public let isMapChanged: Bool
    /// The decisions that the administrator should know, one sentence each.
    public let notes: [String]

    /// Both files' changes as `diff -u` prints them; empty if there are none.
    public var difference: String { files.map(\.difference).joined() }

    /// Whether the plan changes no file that Postfix reads.
    public var changesNothing: Bool { !files.contains(where: \.isChange) && !isMapChanged }
}

/// The changes of a removal, planned or done.
public struct PostfixRemoval: Sendable {
    /// main.cf and master.cf.
    public let files: [PostfixPlan.FileChange]
    /// Whether both files become identical to those before the first set-up.
    public let isByteIdentical: Bool
    let installation: PostfixInstallation

    /// Both files' changes as `diff -u` prints them.
    public var difference: String { files.map(\.difference).joined() }
}
