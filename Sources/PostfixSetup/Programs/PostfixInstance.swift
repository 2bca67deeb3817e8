import Foundation

/// Reads and edits a configuration directory with Postfix's own programs.
///
/// They know the syntax, so this type does not parse the files. Only copies are edited
/// with it (``ScratchConfiguration``).
struct PostfixInstance {
    /// A line of master.cf.
    struct Service: Hashable {
        let name: String
        let type: String
        let command: String

        /// The name as `postconf -P` writes it.
        var path: String { name + "/" + type }
    }

    /// An `-o name=value` of a service.
    struct Override: Hashable {
        let service: String
        let parameter: String
        let value: String
    }

    let directory: String
    private let postconf: ExternalProgram
    private let postmap: ExternalProgram

    init(directory: String) throws {
        self.directory = absolutePath(directory)
        postconf = try ExternalProgram("postconf")
        postmap = try ExternalProgram("postmap")
    }

    /// The directory of the system's own Postfix.
    static func usualDirectory() throws -> String {
        line(try ExternalProgram("postconf").output(["-d", "-h", "config_directory"]))
    }

    func path(of file: String) -> String { directory + "/" + file }

    // MARK: main.cf

    /// The text of a parameter on one line, with references such as `$name`.
    func value(of name: String) throws -> String {
        Self.line(try run(["-h", name]))
    }

    /// The value of a parameter, with every `$name` replaced.
    func expandedValue(of name: String) throws -> String {
        Self.line(try run(["-x", "-h", name]))
    }

    /// Postfix's default for a parameter.
    func defaultValue(of name: String) throws -> String {
        Self.line(try run(["-d", "-h", name]))
    }

    /// All parameters that main.cf sets.
    func settings() throws -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in try run(["-n"]).split(separator: "\n").compactMap(Self.assignment) {
            result[name] = value
        }
        return result
    }

    func set(_ name: String, to value: String) throws {
        try edit(["-e", "\(name) = \(value)"])
    }

    func unset(_ name: String) throws {
        try edit(["-X", name])
    }

    // MARK: master.cf

    func services() throws -> [Service] {
        try run(["-M"]).split(separator: "\n").compactMap { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count >= 8 else { return nil }
            return Service(
                name: String(fields[0]),
                type: String(fields[1]),
                command: String(fields[7])
            )
        }
    }

    func overrides() throws -> [Override] {
        try run(["-P"]).split(separator: "\n").compactMap { line in
            guard let (name, value) = Self.assignment(line),
                let slash = name.lastIndex(of: "/")
            else { return nil }
            return Override(
                service: String(name[..<slash]),
                parameter: String(name[name.index(after: slash)...]),
                value: value
            )
        }
    }

    /// Adds a service to master.cf, or replaces it in its place.
    func define(_ service: OwnService, _ settings: [OwnService.Setting]) throws {
        try edit(["-M", "\(service.path)=\(service.line)"])
        try edit(["-P"] + settings.map { "\(service.path)/\($0.name)=\($0.value)" })
    }

    func override(_ name: String, with value: String) throws {
        try edit(["-P", "\(name)=\(ParameterList(value).withoutBlanks)"])
    }

    func removeService(_ path: String) throws {
        try edit(["-MX", path])
    }

    // MARK: Tables and the running system

    /// The value of a key in a table; nil if the table does not have the key.
    ///
    /// - Throws: ``PostfixSetupError`` if the table cannot be asked.
    func look(up key: String, in table: String) throws -> String? {
        let result = try postmap.run(["-c", directory, "-q", key, table])
        if result.status == 0 { return Self.line(result.output) }
        guard !result.errors.contains("fatal:"), !result.errors.contains("error:") else {
            throw PostfixSetupError.programFailed(
                command: "postmap -c \(directory) -q \(key) \(table)",
                status: result.status,
                output: Self.line(result.errors)
            )
        }
        return nil
    }

    /// Whether the master process of this instance runs.
    func isRunning() throws -> Bool {
        try ExternalProgram("postfix").run(["-c", directory, "status"]).status == 0
    }

    func reload() throws {
        try ExternalProgram("postfix").output(["-c", directory, "reload"])
    }

    private func edit(_ arguments: [String]) throws {
        _ = try run(arguments)
        try cool()
    }

    /// Gives main.cf of a copy an old modification time.
    ///
    /// Postfix reads main.cf repeatedly until it has not changed for a second. Without
    /// this each of the many steps would take 1.5 s.
    func cool() throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)],
            ofItemAtPath: path(of: "main.cf")
        )
    }

    private func run(_ arguments: [String]) throws -> String {
        try postconf.output(["-c", directory] + arguments)
    }

    private static func line(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func assignment(_ text: Substring) -> (String, String)? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        return (line(String(text[..<equals])), line(String(text[text.index(after: equals)...])))
    }
}
