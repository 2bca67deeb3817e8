import Foundation
import Testing
import Unix

@Suite("A program that is started")
struct ChildProcessTests {
    @Test("its status and both outputs come back, also when they fill their pipes")
    func outputs() throws {
        let script = "head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2; exit 3"
        let result = try ChildProcess("/bin/sh", ["-c", script]).run()
        #expect(result.status == 3)
        #expect(result.output.count == 300_000 && result.errors.count == 200_000)
    }

    @Test("it reads its input, and one that does not read harms nobody")
    func input() throws {
        var program = ChildProcess("/bin/cat", [])
        program.input = Data(repeating: 65, count: 200_000)
        #expect(try program.run().output == program.input)
        program.path = "/bin/true"
        #expect(try program.run().status == 0)
    }

    @Test("it sees no variable of this process, and more than the limit is dropped")
    func bounded() throws {
        let names = try ChildProcess("/usr/bin/env", []).run().output
        let lines = String(decoding: names, as: UTF8.self).split(separator: "\n").sorted()
        #expect(lines.filter { !$0.hasPrefix("PWD=") } == ["LC_ALL=C", "PATH=/usr/bin:/bin"])
        var program = ChildProcess("/bin/sh", ["-c", "head -c 100000 /dev/zero"])
        program.maximumOutput = 10
        #expect(try program.run().output.count == 10)
    }

    @Test("a signal is no status of the program's own, and a missing program is an error")
    func signals() throws {
        #expect(try ChildProcess("/bin/sh", ["-c", "kill -9 $$"]).run().status == 137)
        #expect(throws: (any Error).self) { try ChildProcess("/no/such/program", []).run() }
    }

    @Test("a child in the background that keeps the output open does not hold the caller")
    func background() throws {
        let started = ContinuousClock.now
        let result = try ChildProcess("/bin/sh", ["-c", "sleep 60 & echo $!"]).run()
        #expect(ContinuousClock.now - started < .seconds(30))
        let identifier = String(decoding: result.output, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try ChildProcess("/bin/kill", [identifier]).run()
    }
}
