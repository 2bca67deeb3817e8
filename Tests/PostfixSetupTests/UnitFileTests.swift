import Foundation
import Testing

@testable import PostfixSetup

/// Tests the files for systemd with systemd's own programs (Debian: systemd).
@Suite("systemd files")
struct UnitFileTests {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../systemd").standardizedFileURL.path(percentEncoded: false)

    @Test("The daemon is exposed by at most 1.0 of 10")
    func exposure() throws {
        let output = try ExternalProgram("systemd-analyze").output(
            ["security", "--offline=true", "--no-pager", Self.directory + "/listseal.service"]
        )
        let level = try #require(
            output.firstMatch(of: /Overall exposure level for \S+: (\d+\.\d+)/)?.output.1
        )
        #expect(try #require(Double(level)) <= 1.0, "\(output)")
    }

    @Test(
        "systemd understands every line of the units",
        arguments: [
            "listseal.service", "listseal-steps.service", "listseal-refresh.service",
            "listseal-refresh.timer",
        ]
    )
    func verify(name: String) throws {
        let unit = try String(contentsOfFile: Self.directory + "/" + name, encoding: .utf8)
        let directory = try Scratch()
        let copy = directory.path + "/" + name
        // A timer needs what it starts.
        if name.hasSuffix(".timer") {
            try "[Service]\nExecStart=/bin/true\n".write(
                toFile: copy.replacing(".timer", with: ".service"),
                atomically: true,
                encoding: .utf8
            )
        }
        // The program is not installed where tests run.
        try unit.replacing("/usr/bin/listseal", with: "/bin/true")
            .write(toFile: copy, atomically: true, encoding: .utf8)
        let result = try ExternalProgram("systemd-analyze").run(["verify", "--man=no", copy])
        let complaints = result.errors.split(separator: "\n").filter {
            $0.contains("listseal") && !$0.contains("postfix@-.service")
        }
        #expect(complaints.isEmpty, "\(result.errors)")
    }

    @Test(
        "The step server has its own user and no access to the lists' keys",
        arguments: ["listseal-steps", "listseal-refresh"]
    )
    func stepServer(name: String) throws {
        let unit = try String(
            contentsOfFile: Self.directory + "/\(name).service",
            encoding: .utf8
        )
        for line in [
            "User=\(name)", "InaccessiblePaths=-/var/lib/listseal", "CapabilityBoundingSet=",
            "NoNewPrivileges=yes", "RuntimeDirectory=\(name)",
        ] {
            #expect(unit.split(separator: "\n").contains { $0 == line }, "\(line)")
        }
    }

    @Test("What gpg and its wrapper need is allowed")
    func systemCalls() throws {
        let unit = try String(
            contentsOfFile: Self.directory + "/listseal.service",
            encoding: .utf8
        )
        var allowed: Set<String> = []
        for line in unit.split(separator: "\n") where line.hasPrefix("SystemCallFilter=") {
            let value = line.dropFirst("SystemCallFilter=".count)
            let names = value.drop { $0 == "~" }.split(separator: " ").map(String.init)
            let calls = try names.reduce(into: Set<String>()) { try $0.formUnion(Self.calls($1)) }
            if value.hasPrefix("~") { allowed.subtract(calls) } else { allowed.formUnion(calls) }
        }
        // systemd always adds its own default set.
        allowed.formUnion(try Self.calls("@default"))
        let needed: Set<String> = [
            // libgcrypt's secure memory, and gpg's refusal of core dumps
            "mlock", "munlock", "mmap", "mprotect", "madvise", "setrlimit", "prlimit64",
            "getrandom",
            // gpg starting its agent, and the agent becoming a daemon
            "clone", "clone3", "vfork", "execve", "setsid", "pipe2", "dup2", "wait4", "umask",
            "chdir",
            // timeout(1)
            "setpgid", "kill", "timer_create", "timer_settime", "rt_sigaction",
            // sockets, SQLite, keyrings
            "socket", "bind", "listen", "connect", "accept4", "fsync", "fdatasync", "fcntl",
            "flock",
            "rename", "unlink", "chmod", "epoll_create1", "eventfd2", "inotify_init1",
        ]
        #expect(needed.subtracting(allowed) == [])
        #expect(allowed.isDisjoint(with: ["ptrace", "mount", "chroot", "setuid", "init_module"]))
    }

    @Test("The user is in group postdrop, and the directories have their owners and modes")
    func usersAndDirectories() throws {
        let root = try Scratch()
        let etc = root.path + "/etc"
        try FileManager.default.createDirectory(atPath: etc, withIntermediateDirectories: true)
        try "root:x:0:0:root:/root:/bin/sh\n"
            .write(toFile: etc + "/passwd", atomically: true, encoding: .utf8)
        try "root:x:0:\npostfix:x:105:\npostdrop:x:106:\n"
            .write(toFile: etc + "/group", atomically: true, encoding: .utf8)
        try ExternalProgram("systemd-sysusers").output(
            ["--root=\(root.path)", Self.directory + "/listseal.sysusers"]
        )
        let groups = try String(contentsOfFile: etc + "/group", encoding: .utf8)
        #expect(groups.contains("postdrop:x:106:listseal\n"))
        let user = try #require(
            try String(contentsOfFile: etc + "/passwd", encoding: .utf8).split(separator: "\n")
                .first { $0.hasPrefix("listseal:") }?.split(separator: ":")
        )
        try ExternalProgram("systemd-tmpfiles").output(
            ["--create", "--root=\(root.path)", Self.directory + "/listseal.tmpfiles"]
        )
        func owner(_ path: String) throws -> String {
            try ExternalProgram("stat").output(["-c", "%u %g %a", root.path + path])
        }
        #expect(try owner("/var/lib/listseal") == "\(user[2]) \(user[3]) 700\n")
        #expect(try owner("/var/spool/postfix/listseal") == "\(user[2]) 105 2750\n")
    }

    /// A directory that goes away with the test.
    private final class Scratch {
        let path = "/tmp/lsp-" + UUID().uuidString.prefix(8).lowercased()

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static func calls(_ name: String) throws -> Set<String> {
        guard name.hasPrefix("@") else { return [name] }
        let lines = try ExternalProgram("systemd-analyze").output(["syscall-filter", name])
            .split(separator: "\n").dropFirst()
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.hasPrefix("#") }
        return try lines.reduce(into: []) { try $0.formUnion(calls($1)) }
    }
}
