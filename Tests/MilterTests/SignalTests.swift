import Glibc
import TestSupport
import Testing

/// Sends signals to a process that runs a milter like the daemon.
@Suite("Milter signals")
struct SignalTests {
    @Test(
        "No burst of SIGHUP stops the milter, even mixed with other signals",
        arguments: [false, true]
    )
    func hangup(isMixed: Bool) throws {
        let probe = try MilterProbeProcess()
        for burst in 1...300 {
            for number in 1...50 {
                probe.send(SIGHUP)
                if isMixed, number % 5 == 0 { probe.send(SIGUSR1) }
            }
            if burst % 100 == 0 { #expect(try probe.isServing()) }
            usleep(500)
        }
        #expect(try probe.isServing())
        probe.send(SIGTERM)
        #expect(probe.status() == 0)
    }

    @Test("SIGTERM and SIGINT stop the milter in an orderly way", arguments: [SIGTERM, SIGINT])
    func stop(signal: CInt) throws {
        let probe = try MilterProbeProcess()
        #expect(try probe.isServing())
        probe.send(signal)
        #expect(probe.status() == 0)
        #expect(throws: MilterSocket.Failure.system("connect", ECONNREFUSED)) {
            try MTAClient(path: probe.path)
        }
    }

    @Test("The milter replies to messages before it stops", arguments: [SIGTERM, SIGINT])
    func drain(signal: CInt) throws {
        let probe = try MilterProbeProcess()
        let clients = try (1...5).map { number in
            let client = try MTAClient(path: probe.path, client: "probe")
            try client.mail("<a@example.org>", "DELAY=\(number * 300)")
            try client.recipient("<list@example.org>")
            try client.data()
            try client.sendContent()
            return client
        }
        // Progress shows that the callback runs.
        for client in clients { try client.waitForProgress() }
        probe.send(signal)
        for client in clients {
            #expect(try client.answer() == .reply("550 5.7.1 answered after all"))
        }
        #expect(probe.status() == 0)
    }
}
