import Foundation
import Testing

/// Who decides about people: programs, moderators, and time.
struct DecisionTests {
    private static let request = SubscriptionTests.request

    /// An administrator's program, which keeps what it has read.
    private static let program = """
        #!/bin/sh
        # Waits once for each person, knows Anne, and knows nobody else.
        input=$(cat)
        folder=$(dirname "$0")
        name=$(printf '%s' "$input" | sed 's/.*"address":"\\([a-z]*\\)@.*/\\1/')
        printf '%s\\n' "$input" >> "$folder/$name.seen"
        if [ "$(wc -l < "$folder/$name.seen")" -lt 2 ]; then exit 75; fi
        case $name in
            anne) exit 0 ;;
            cora) sleep 600 ;;
            *) echo "not in the directory"; echo "second line"; exit 1 ;;
        esac

        """

    @Test("a list's own policy asks a program, which waits, accepts or rejects, and a moderator")
    func program() throws {
        let bed = try TestBed(subscribed: false)
        let (anne, bela) = (bed.anne, bed.bela)
        let server = try StepProgramServer(at: bed.host, program: Self.program)
        defer { server.stop() }
        try bed.restart(["--steps-socket", server.socket])
        try bed.host.listseal([
            "list", "set", bed.list, "subscription_policy",
            "verify-address, key-set, key-confirm, exec:\(server.path), moderate",
        ])
        let mona = try Person("mona", at: bed.host)
        try mona.learnKey(of: bed.list)
        try bed.host.listseal([
            "subscriber", "add", bed.list, mona.address, "--key", mona.keyFile, "--role",
            "moderator",
        ])
        for person in [anne, bela] { try prove(person, in: bed) }
        // Nobody runs it yet: that is an alarm, and nothing is decided or lost.
        try bed.host.wait("the alarm") {
            let status = try bed.host.listseal(["status"], expecting: nil)
            return status.status == 1 && status.output.contains("steps")
        }
        #expect(!bed.host.daemonLog.contains(anne.address))
        try server.start()
        let told = try bela.letter(4)
        #expect(told.isEncrypted && told.text.contains("not in the directory"))
        #expect(!told.text.contains("second line"))
        let notice = try mona.letter()
        #expect(notice.isEncrypted && notice.subject.contains(anne.address))
        #expect(notice.text.contains("read mail at this address and hold this key"))
        #expect(notice.text.contains("The program \(server.path) on the server agreed."))
        #expect(try bed.owner.letter().subject == notice.subject)

        // What the program read: what the owners know, and no token.
        let seen = try server.seen("anne")
        #expect(seen.count == 2)
        let input = try #require(
            try JSONSerialization.jsonObject(with: Data(seen[0].utf8)) as? [String: Any]
        )
        #expect(
            input["list"] as? String == bed.list && input["action"] as? String == "subscription"
        )
        #expect(input["address"] as? String == anne.address && input["version"] as? Int == 1)
        #expect(input["fingerprint"] as? String == (try anne.fingerprint()))
        #expect((input["certificate"] as? String ?? "").hasPrefix("-----BEGIN PGP PUBLIC KEY"))
        #expect(
            Set(input.keys) == [
                "version", "list", "action", "address", "fingerprint", "userIDs", "certificate",
                "done", "created",
            ]
        )
        try bed.host.wait("the end of the alarm") {
            try bed.host.listseal(["status"], expecting: nil).status == 0
        }

        let line = try #require(
            notice.text.split(separator: "\n").first { $0.hasPrefix("accept ") }
        )
        try bed.accept(
            try mona.mail(to: Self.request, subject: "x", text: String(line), signature: .mime),
            from: mona
        )
        #expect(try anne.letter(4).subject.hasPrefix("Welcome"))
        // The moderator neither gets posts nor writes them.
        let post = try anne.post(to: bed.list, text: "canary")
        #expect(try bed.send(post, from: anne).reply.hasPrefix("250"))
        _ = try anne.letter(5)
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(mona.address).count == 2)
        let refused = try mona.post(to: bed.list, text: "canary")
        #expect(try bed.send(refused, from: mona).reply.hasPrefix("550 5.7.1"))
    }

    @Test(
        "a program is asked again after a crash, and one that hangs or anybody can change is none"
    )
    func crash() throws {
        let bed = try TestBed(subscribed: false)
        let server = try StepProgramServer(at: bed.host, program: Self.program)
        defer { server.stop() }
        try bed.host.listseal([
            "list", "set", bed.list, "subscription_policy",
            "key-set, key-confirm, exec:\(server.path)",
        ])
        let (anne, cora) = (bed.anne, bed.cora)
        for person in [anne, cora] { try prove(person, in: bed) }
        try server.start()
        // Killed in the midst of its decision: what it had decided is asked again, once.
        bed.host.killDaemon()
        try bed.host.startDaemon(
            ["--steps-socket", server.socket],
            environment: ["LISTSEAL_CRASH_AT": "deciding"]
        )
        try bed.host.wait("the crash") { bed.host.daemon?.isRunning == false }
        try bed.host.startDaemon(["--steps-socket", server.socket])
        #expect(try anne.letter(3).subject.hasPrefix("Welcome"))
        try bed.host.wait("the end of a program that hangs") {
            try bed.host.listseal(["status"], expecting: nil).output.contains("has not ended")
        }
        #expect(try bed.host.listseal(["workflows", bed.list]).output.contains(cora.address))
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(anne.address).count == 3)
        // Nor are those run that lie elsewhere, are links, or can be changed by others.
        for (place, problem) in [
            ("/bin/true", "does not lie"), (server.folder + "/link", "is a link"),
            (server.folder + "/open", "can be changed by others"),
        ] {
            #expect(try server.refusal(of: place).contains(problem))
        }
    }

    @Test("leaving can wait for a moderator; a nonmember posts and gets nothing")
    func roles() throws {
        let bed = try TestBed(settings: ["unsubscription_policy=verify-address, moderate"])
        let (anne, olga) = (bed.anne, bed.owner)
        let nina = try Person("nina", at: bed.host)
        try nina.learnKey(of: bed.list)
        try bed.host.listseal([
            "subscriber", "add", bed.list, nina.address, "--key", nina.keyFile, "--role",
            "nonmember",
        ])
        let post = try nina.post(to: bed.list, text: "canary-nonmember")
        #expect(try bed.send(post, from: nina).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-nonmember")
        #expect(bed.host.inbox(nina.address).isEmpty)

        // Signed, the address is proven: only the decision is missing.
        try bed.accept(
            try anne.mail(
                to: Self.request,
                subject: "unsubscribe",
                text: "unsubscribe",
                signature: .mime,
                protecting: true
            ),
            from: anne
        )
        let notice = try olga.letter()
        #expect(notice.subject.contains("\(anne.address) asks to leave"))
        let people = { try bed.host.listseal(["subscribers", bed.list]).output }
        #expect(try people().contains(anne.address))
        let waiting = try bed.host.listseal(["workflows", bed.list, "--json"]).output
        let id = try #require(
            try JSONSerialization.jsonObject(with: Data(waiting.utf8)) as? [[String: Any]]
        )[0]["id"]
        try bed.host.listseal(["workflow", "accept", "\(try #require(id))"])
        #expect(try anne.letter(2).subject.hasPrefix("You have left"))
        #expect(try !people().contains(anne.address))
        // The last owner stays, by whichever way.
        let last = try bed.host.listseal(
            ["subscriber", "remove", bed.list, olga.address, "--role", "owner"],
            expecting: 1
        )
        #expect(last.error.contains("last owner"))
    }

    @Test("what nobody answers ends by itself, and its token is worth nothing then")
    func expiry() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let anne = bed.anne
        try bed.accept(try anne.mail(to: Self.request, subject: "subscribe"), from: anne)
        let invitation = try anne.letter()
        #expect(invitation.text.contains("T"))
        // Two days go by.
        try bed.host.sql("UPDATE workflow SET expires = unixepoch() - 1")
        let late = try anne.reply(to: invitation, key: .pgpKeys)
        #expect(try bed.send(late, from: anne, to: [Self.request]).reply.hasPrefix("550 5.7.1"))
        // The next day she may begin anew, with another token.
        try bed.host.sql("UPDATE limited_reply SET written = written - 90000")
        try bed.accept(try anne.mail(to: Self.request, subject: "subscribe"), from: anne)
        let second = try anne.letter(2)
        #expect(second.subject.hasPrefix("key set ") && second.subject != invitation.subject)
        try bed.accept(try anne.reply(to: second, key: .pgpKeys), from: anne)
        #expect(try anne.letter(3).subject == "key confirm")
    }

    @Test("an owner's certification of the list's key is published, and nobody else's")
    func certification() throws {
        let bed = try TestBed()
        let (olga, anne) = (bed.owner, bed.anne)
        func certified(by person: Person, mailedBy sender: Person) throws -> [UInt8] {
            // Everything that she has done to it: also a name that the list does not have.
            try person.gpg(["--quick-sign-key", try bed.fingerprint()])
            let key = try person.gpg(["--armor", "--export", try bed.fingerprint()]).output
            return try sender.mail(
                to: Self.request,
                subject: "x",
                text: "key sign\n\n" + key,
                signature: .mime
            )
        }
        let mail = try certified(by: olga, mailedBy: olga)
        try bed.accept(mail, from: olga)
        let answer = try olga.letter()
        #expect(answer.isEncrypted && answer.subject == "Your certification is published")
        let published = bed.host.scratch + "/published.asc"
        try bed.host.listseal(["list", "export-key", bed.list, "--output", published])
        try bed.bela.gpg(["--import", olga.keyFile])
        try bed.bela.gpg(["--import", published])
        let signatures = try bed.bela
            .gpg(["--with-colons", "--check-signatures", try bed.fingerprint()]).output
        let keyID = try olga.fingerprint().suffix(16)
        let good = signatures.split(separator: "\n")
            .filter { $0.hasPrefix("sig:!:") && $0.contains(keyID) }
        #expect(good.count == 2, "\(signatures)")

        // A subscriber may not; and an owner passes nobody else's on.
        let hers = try certified(by: anne, mailedBy: anne)
        #expect(try bed.send(hers, from: anne, to: [Self.request]).reply.hasPrefix("550 5.7.1"))
        try bed.accept(try certified(by: anne, mailedBy: olga), from: olga)
        let refusal = try olga.letter(2)
        #expect(refusal.text.contains("has not certified the attached key"))
        try bed.host.listseal(["list", "export-key", bed.list, "--output", published])
        let listed = try bed.bela
            .gpg(["--with-colons", "--show-keys", "--with-sig-list", published]).output
        #expect(!listed.contains(try anne.fingerprint().suffix(16)))
        // Copies stay small: their Autocrypt field has the key alone.
        let post = try anne.post(to: bed.list, text: "canary-autocrypt")
        #expect(try bed.send(post, from: anne).reply.hasPrefix("250"))
        #expect(try anne.letter().outside.utf8.count < 20_000)
    }

    /// As far as her key's proof.
    private func prove(_ person: Person, in bed: TestBed) throws {
        try bed.accept(try person.mail(to: Self.request, subject: "subscribe"), from: person)
        var number = 1
        if try person.letter().subject.hasPrefix("confirm ") {
            try bed.accept(try person.reply(to: try person.letter()), from: person)
            number = 2
        }
        try bed.accept(
            try person.reply(to: try person.letter(number), key: .pgpKeys),
            from: person
        )
        try bed.accept(
            try person.reply(to: try person.letter(number + 1), signature: .mime),
            from: person
        )
    }
}

/// `listseal steps` with one program, beside a host's daemon.
private final class StepProgramServer {
    let folder: String
    let socket: String
    private let program: String
    private var process: Process?

    var path: String { folder + "/check" }

    init(at host: Host, program text: String) throws {
        folder = host.scratch + "/programs"
        socket = "unix:\(host.scratch)/steps.sock"
        program = try #require(Host.program)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, mode) in [("check", 0o755), ("open", 0o777)] {
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: folder + "/" + name
            )
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/link",
            withDestinationPath: "/bin/true"
        )
    }

    func start() throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "steps", "--socket", socket, "--programs", folder, "--timeout", "2",
        ]
        try process.run()
        self.process = process
    }

    func stop() {
        process?.terminate()
        process?.waitUntilExit()
    }

    /// The lines that the program has read about a person.
    func seen(_ name: String) throws -> [String] {
        try String(contentsOfFile: folder + "/\(name).seen", encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// What the step server says of a program that it does not run.
    func refusal(of path: String) throws -> String {
        let question = """
            {"program":"\(path)","input":{"version":1,"list":"a@b","action":"x","address":"c@d",\
            "userIDs":[],"done":[],"created":"2026-01-01T00:00:00Z"}}
            """
        return try Shell.run(
            "python3",
            [
                "-c",
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX)
                s.connect(sys.argv[1])
                s.sendall(sys.argv[2].encode() + b"\\n")
                print(s.makefile().readline())
                """, String(socket.dropFirst("unix:".count)), question,
            ]
        ).output
    }
}
