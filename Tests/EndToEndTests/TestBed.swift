import Foundation
import Testing

/// A host with one list, an owner and three subscribers, ready for posts.
final class TestBed {
    let host: Host
    let list: String
    let owner: Person
    let anne: Person
    let bela: Person
    let cora: Person

    var subscribers: [Person] { [anne, bela, cora] }

    init(
        list: String = "team@lists.test",
        subscribed: Bool = true,
        settings: [String] = [],
        extraMainCf: [String] = [],
        extraMasterCf: [String] = []
    ) throws {
        self.list = list
        host = try Host(extraMainCf: extraMainCf, extraMasterCf: extraMasterCf)
        owner = try Person("olga", at: host)
        anne = try Person("anne", at: host)
        bela = try Person("bela", at: host)
        cora = try Person("cora", at: host)
        try makeList(list, subscribed: subscribed)
        for setting in settings {
            try host.listseal(
                ["list", "set", list] + setting.split(separator: "=").map(String.init)
            )
        }
        try host.listseal(["postfix", "setup", "--config-directory", host.config])
        try host.startPostfix()
        try host.startDaemon()
    }

    /// Ends the daemon in good order, and starts it with other options.
    func restart(_ arguments: [String]) throws {
        host.stopDaemon()
        try host.startDaemon(arguments)
    }

    /// The fingerprint of the list's key.
    func fingerprint() throws -> String {
        let shown = try host.listseal(["list", "show", list, "--json"])
        let object = try JSONSerialization.jsonObject(with: shown.data) as? [String: Any]
        return try #require(object?["fingerprint"] as? String)
    }

    /// Makes a list with the same people.
    func makeList(_ address: String, subscribed: Bool = true, options: [String] = []) throws {
        try host.listseal(
            [
                "list", "create", address, "--owner", owner.address, "--owner-key", owner.keyFile,
            ] + options
        )
        if subscribed {
            let people = host.scratch + "/people/subscribers.csv"
            let lines = subscribers.map { "\($0.address),\($0.keyFile)\n" }.joined()
            try Data(lines.utf8).write(to: URL(filePath: people))
            try host.listseal(["subscriber", "add", address, "--csv", people])
        }
        let key = try host.listseal(["list", "export-key", address]).bytes
        for person in subscribers + [owner] { try person.gpg(["--import"], input: key) }
    }

    /// Sends as a subscriber would, and gives back the answer.
    func send(
        _ message: [UInt8],
        from person: Person,
        to recipients: [String]? = nil,
        extra: [String] = []
    ) throws -> SMTPDialogue {
        try SMTPDialogue.send(
            message,
            from: person.address,
            to: recipients ?? [list],
            at: host,
            extra: extra
        )
    }

    /// Waits until every subscriber has so many copies, and no more.
    func expectCopies(_ count: Int, containing text: String) throws {
        for person in subscribers {
            try host.waitForMail(person.address, count: count)
        }
        try host.waitUntilQuiet()
        for person in subscribers {
            let copies = host.inbox(person.address)
            #expect(copies.count == count, "\(person.name) has \(copies.count) messages")
            let opened = try copies.map { try person.open($0) }
            #expect(opened.filter { $0.text.contains(text) }.count == 1, "\(person.name)")
        }
    }

    /// The number of a counter in `listseal status`.
    func counter(_ name: String) throws -> Int {
        let status = try host.listseal(["status", "--json"], expecting: nil)
        let object = try JSONSerialization.jsonObject(with: status.data) as? [String: Any]
        let counts = object?["counts"] as? [String: Int]
        return counts?[name] ?? 0
    }

    deinit { host.tearDown() }
}
