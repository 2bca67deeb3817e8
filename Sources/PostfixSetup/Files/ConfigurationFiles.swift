import Foundation

/// The octets of main.cf and master.cf.
struct ConfigurationFiles: Equatable {
    static let names = ["main.cf", "master.cf"]

    var main: Data
    var master: Data

    /// Makes the pair from octets in memory.
    init(main: Data, master: Data) {
        self.main = main
        self.master = master
    }

    /// Reads both from a configuration directory.
    init(directory: String) throws {
        main = try Self.contents(of: directory + "/main.cf")
        master = try Self.contents(of: directory + "/master.cf")
    }

    /// Both files with a newline after the last line.
    ///
    /// Without it postconf appends its text to the last line and corrupts it.
    var withLastLinesEnded: Self {
        Self(main: Self.ended(main), master: Self.ended(master))
    }

    private static func ended(_ data: Data) -> Data {
        guard let last = data.last, last != UInt8(ascii: "\n") else { return data }
        return data + Data("\n".utf8)
    }

    private static func contents(of path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw PostfixSetupError.unreadable(path: path, reason: error.localizedDescription)
        }
    }
}
