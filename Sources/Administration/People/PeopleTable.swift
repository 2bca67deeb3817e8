import Foundation
package import MailingList

/// Many people with the files of their keys, to be added at once.
package struct PeopleTable: Sendable, Hashable {
    /// One person, as they are named in the table or by the file.
    package struct Row: Sendable, Hashable {
        /// What should be an address.
        package let address: String
        /// The file that should hold the key.
        package let keyFile: String
    }

    /// The people, in the order in which they are added.
    package let rows: [Row]

    /// Reads a table with lines `ADDRESS,KEYFILE`.
    ///
    /// Empty lines and lines that begin with `#` do not count. A relative name of a file is
    /// one beside the table.
    ///
    /// Throws ``ActFailure``: `file` if the table cannot be read, `malformed` for another line.
    package init(csv path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        rows = try String(decoding: KeyFile.contents(of: path), as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
            .map { line in
                let fields = line.split(separator: ",", maxSplits: 1).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                guard fields.count == 2 else {
                    throw ActFailure(
                        .malformed,
                        "\(path) has a line that is not 'ADDRESS,KEYFILE'",
                        hint: "separate the address from the name of the file with a comma"
                    )
                }
                return Row(
                    address: fields[0],
                    keyFile: URL(filePath: fields[1], relativeTo: folder).path()
                )
            }
    }

    /// Finds the files `ADDRESS.asc` of a folder; `.gpg`, `.pgp` and `.key` count too.
    ///
    /// Throws what the file system says.
    package init(folder path: String) throws {
        rows = try FileManager.default
            .contentsOfDirectory(at: URL(filePath: path), includingPropertiesForKeys: nil)
            .filter { ["asc", "gpg", "pgp", "key"].contains($0.pathExtension) }
            .map {
                Row(
                    address: $0.deletingPathExtension().lastPathComponent,
                    keyFile: $0.path(percentEncoded: false)
                )
            }
            .sorted { $0.address < $1.address }
    }
}

/// The people who were added, and those who were not.
package struct AddedPeople: Sendable, Hashable, Encodable {
    /// Somebody who was not added.
    package struct Failed: Sendable, Hashable, Encodable {
        /// What stood for the address.
        package let address: String
        /// Why not, with a hint.
        package let reason: String
    }

    /// Those who are on the list now.
    package var added: [PersonReport] = []
    /// Those who could not be added.
    package var failed: [Failed] = []
}

extension ListHost {
    /// Adds many people; somebody who cannot be added does not keep the others from it.
    ///
    /// - Parameters:
    ///   - table: The people.
    ///   - roles: What they become.
    ///   - list: The list.
    ///   - progress: Is called after each of them.
    /// - Returns: The people who were added, and a note for each who was not.
    package func add(
        _ table: PeopleTable,
        roles: Subscriber.Roles = .subscriber,
        to list: MailingList,
        progress: () -> Void = {}
    ) -> ActResult<AddedPeople> {
        var result = AddedPeople()
        var notes: [String] = []
        for row in table.rows {
            do {
                let added = try add(
                    Self.address(row.address),
                    key: KeyFile(reading: row.keyFile),
                    roles: roles,
                    to: list
                )
                result.added.append(added.report)
                notes += added.notes
            } catch {
                result.failed.append(
                    AddedPeople.Failed(address: row.address, reason: "\(error)")
                )
            }
            progress()
        }
        return ActResult(result, notes: notes)
    }
}
