import ArgumentParser
import Foundation

/// What prints data can print it for programs.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isJSON = false

    /// Prints a value as JSON, or else the lines.
    func print(_ value: some Encodable, or lines: @autoclosure () -> [String]) throws {
        guard isJSON else {
            for line in lines() { Swift.print(line) }
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
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A time as people here read it.
    static func time(_ date: Date) -> String {
        date.formatted(.iso8601)
    }

    /// Something to know beside the result: on the error output, where it does
    /// not disturb a program that reads the other.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data("note: \(text)\n".utf8))
    }
}
