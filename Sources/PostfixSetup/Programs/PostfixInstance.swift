import Foundation

/// One configuration directory of Postfix, read and written by Postfix's own
/// programs: they know its syntax, and we do not have to.
///
/// Only copies are ever edited through it (``ScratchConfiguration``).
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

    /// The text of a parameter, with its `$names`, on one line.
    func value(of name: String) throws -> String {
        Self.line(try run(["-h", name]))
    }

    /// The value of a parameter, with every `$name` replaced.
    func expandedValue(of name: String) throws -> String {
        Self.line(try run(["-x", "-h", name]))
    }

    /// What the parameter is if main.cf does not say.
    func defaultValue(of name: String) throws -> String {
        Self.line(try run(["-d", "-h", name]))
    }

    /// Everything that main.cf sets.
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

    /// Makes a service, or makes it anew in its place.
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

    /// What a table says to a key; nil if it has nothing.
    ///
    /// A table that cannot be asked throws: an unknown answer is not a no.
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

    /// Whether this instance's master runs.
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

    /// Makes a copy's main.cf look old.
    ///
    /// Postfix reads a main.cf again and again until it has not changed for a
    /// second, which would make each of the dozens of steps here last 1.5 s.
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
