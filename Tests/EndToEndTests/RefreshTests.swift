import Foundation
import Testing

/// Keys that are looked for on the network, in three steps.
struct RefreshTests {
    // As a key server answers (draft-gallagher-openpgp-hkp): one folder, a file for each key.
    private static let server = """
        import http.server, os, sys, urllib.parse
        class Keys(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
                name = query.get("search", ["0x"])[0][2:].upper()
                try:
                    key = open(os.path.join(sys.argv[1], name + ".asc"), "rb").read()
                except OSError:
                    return self.send_error(404)
                self.send_response(200)
                self.send_header("Content-Type", "application/pgp-keys")
                self.send_header("Content-Length", str(len(key)))
                self.end_headers()
                self.wfile.write(key)
            def log_message(self, *arguments):
                pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Keys)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """

    private func serve(_ folder: String) throws -> (process: Process, port: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.server, folder]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        return (process, line.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("a key that its owner has prolonged is found by its fingerprint, and no other key is")
    func refresh() throws {
        let host = try Host()
        defer { host.tearDown() }
        let people = try ["olga", "anne", "bela", "cora"].map { try Person($0, at: host) }
        let list = "team@lists.test"
        try host.listseal(
            [
                "list", "create", list, "--owner", people[0].address, "--owner-key",
                people[0].keyFile,
            ]
        )
        for person in people[1...] {
            try host.listseal(
                ["subscriber", "add", list, person.address, "--key", person.keyFile]
            )
        }
        let wanted = host.scratch + "/wanted"
        try host.listseal(["refresh", "wanted", "--to", wanted])
        let lines = try String(contentsOfFile: wanted, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 4)
        func fingerprint(_ person: Person) throws -> String {
            String(
                try #require(
                    lines.first { $0.contains(" \(person.address) ") }?.split(separator: " ").first
                )
            )
        }
        // Anne has prolonged hers; for Bela's somebody has published another one; Olga has
        // prolonged hers too, and the server gives out no names; Cora's it does not know.
        let published = host.scratch + "/published"
        try FileManager.default.createDirectory(
            atPath: published,
            withIntermediateDirectories: true
        )
        let (anne, bela) = (people[1], people[2])
        try anne.gpg(["--quick-set-expire", fingerprint(anne), "2y"])
        let prolonged = try anne.gpg(["--armor", "--export"]).data
        try prolonged.write(to: URL(filePath: "\(published)/\(fingerprint(anne)).asc"))
        try prolonged.write(to: URL(filePath: "\(published)/\(fingerprint(bela)).asc"))
        let olga = people[0]
        for subkeys in [[], ["*"]] {
            try olga.gpg(["--quick-set-expire", fingerprint(olga), "2y"] + subkeys)
        }
        let nameless = try olga.gpg(
            ["--armor", "--export-filter", "keep-uid=uid=nobody", "--export", fingerprint(olga)]
        ).data
        try nameless.write(to: URL(filePath: "\(published)/\(fingerprint(olga)).asc"))
        let (server, port) = try serve(published)
        // It may have been started with SIGTERM blocked.
        defer {
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        let folder = host.scratch + "/found"
        let fetched = try host.listseal(
            [
                "refresh", "fetch", folder, "--wanted", wanted, "--pause", "0", "--keyserver",
                "hkp://127.0.0.1:\(port)", "--json",
            ]
        )
        #expect(fetched.output == "{\"found\":2,\"unanswered\":2,\"wanted\":4}\n", "\(fetched)")
        // Even where it lies under her name.
        try prolonged.write(to: URL(filePath: "\(folder)/\(fingerprint(bela)).asc"))
        func outcomes() throws -> [String: String] {
            let applied = try host.listseal(["refresh", "apply", folder, "--json"])
            let rows = try JSONSerialization.jsonObject(with: applied.data) as? [[String: String]]
            return Dictionary(
                uniqueKeysWithValues: try #require(rows).map {
                    ($0["address"] ?? "", $0["outcome"] ?? "")
                }
            )
        }
        let (first, second) = (try outcomes(), try outcomes())
        #expect(
            first == [
                anne.address: "updated", olga.address: "updated", bela.address: "refused",
            ]
        )
        #expect(
            second == [
                anne.address: "unchanged", olga.address: "unchanged", bela.address: "refused",
            ]
        )
        try host.listseal(["refresh", "apply", folder + "/nothing"], expecting: 1)
        // What is there already may be a link to somewhere.
        try host.listseal(["refresh", "wanted", "--to", wanted], expecting: 1)
        try host.listseal(["refresh", "fetch", folder, "--wanted", wanted], expecting: 64)
    }
}
