import Administration
import ArgumentParser
import Foundation
import SMTP

/// How a command prints what it has to tell.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isJSON = false

    /// Prints the result of an act: notes to the error output, the report to the standard
    /// output as JSON or as lines.
    ///
    /// Throws the failure of a part of the act, after the report is printed.
    func print<Report: Encodable>(
        _ result: ActResult<Report>,
        or lines: (Report) -> [String]
    ) throws {
        result.notes.forEach(Self.note)
        try print(result.report, or: lines(result.report))
        if let failure = result.failure { throw failure }
    }

    /// Prints a value as JSON, or else the lines.
    func print(_ value: some Encodable, or lines: @autoclosure () -> [String]) throws {
        guard isJSON else {
            // What a line names may be anybody's: a user id, the reply of a server.
            for line in lines() { Swift.print(line.visible) }
            return
        }
        Swift.print(try Self.json(value))
    }

    /// One JSON object in one line; keys are sorted, times are ISO 8601.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return visible(json: String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    // JSONEncoder escapes the characters below U+0020 only; a terminal obeys others, too.
    private static func visible(json: String) -> String {
        guard json.unicodeScalars.contains(where: VisibleText.steers) else { return json }
        var result = ""
        for scalar in json.unicodeScalars {
            guard VisibleText.steers(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
        return result
    }

    /// Prints something to know besides the result: on the error output, where it does not
    /// disturb a program that reads the other.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data("note: \(text.visibleLines)\n".utf8))
    }

    /// Writes octets to the standard output; to a terminal as visible text.
    static func write(_ bytes: [UInt8]) throws {
        guard isatty(STDOUT_FILENO) == 1 else {
            return try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        }
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        Swift.print(text.visibleLines, terminator: "")
    }
}
