import Foundation
package import SMTP

/// A Postfix of a test's own: its configuration, queue and log under /tmp.
///
/// A test that needs it fails if Postfix is missing, or does not start.
package struct LoopbackPostfix: Sendable {
    package enum Failure: Error {
        case command(String, status: Int32, output: String)
        case noEndInSight(String)
    }

    package let directory: String
    package let port: Int

    /// Where the way back listens: an smtpd(8) of its own on a UNIX socket.
    package var wayBack: SocketPath { .unix(path: directory + "/queue/public/listseal-in") }
    /// The same, but it ends a session that is idle for a second.
    package var briefWayBack: SocketPath { .unix(path: directory + "/queue/public/listseal-brief") }
    /// Where smtpd(8) listens for the world.
    package var door: SocketPath { .inet(host: "127.0.0.1", port: port) }

    /// Starts one, runs the body, and stops it.
    package static func run(
        gate: SocketPath? = nil,
        _ body: (LoopbackPostfix) async throws -> Void
    ) async throws {
        let directory = "/tmp/listseal-mta-\(UInt32.random(in: 0 ... .max))"
        let postfix = LoopbackPostfix(directory: directory, port: .random(in: 20_000..<30_000))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await postfix.configure(gate: gate)
        // Postfix's programs wait until main.cf is two seconds old; tests need not.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -10)],
            ofItemAtPath: directory + "/etc/main.cf"
        )
        try await postfix.run("/usr/sbin/postfix", "-c", directory + "/etc", "start")
        do {
            try await body(postfix)
        } catch {
            try? await postfix.stop()
            throw error
        }
        try await postfix.stop()
    }

    /// Runs a program, and returns its output.
    @discardableResult
    package func run(
        _ program: String,
        _ arguments: String...,
        input: String = ""
    ) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = directory + "/output"
        try Data().write(to: URL(filePath: output))
        let file = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardOutput = file
        process.standardError = file
        let pipe = Pipe()
        process.standardInput = pipe
        let (ends, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipe.fileHandleForWriting.close()
        for await _ in ends {}
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else {
            throw Failure.command(program, status: process.terminationStatus, output: text)
        }
        return text
    }

    /// The messages that Postfix is still responsible for.
    package var queued: [String] {
        ["maildrop", "incoming", "active", "deferred"].flatMap { queue in
            FileManager.default.enumerator(atPath: directory + "/queue/" + queue)?
                .compactMap { $0 as? String }
                .filter { $0.utf8.count > 1 } ?? []
        }
    }

    /// What Postfix has logged.
    package var log: String {
        (try? String(contentsOfFile: directory + "/mail.log", encoding: .utf8)) ?? ""
    }

    /// How often Postfix has logged this.
    package func count(_ text: String) -> Int { log.components(separatedBy: text).count - 1 }

    /// Waits for something that must happen at some time.
    package func until(_ what: String, _ condition: () -> Bool) async throws {
        for _ in 0..<3000 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
        guard condition() else { throw Failure.noEndInSight(what + "\n" + log.suffix(2000)) }
    }

    private func stop() async throws {
        try await run("/usr/sbin/postfix", "-c", directory + "/etc", "stop")
    }

    private func configure(gate: SocketPath?) async throws {
        for name in ["etc", "queue", "data"] {
            try FileManager.default.createDirectory(
                atPath: directory + "/" + name,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
        }
        try await run("/bin/chown", "postfix", directory + "/data")
        let transport = gate.map { "inline:{{listseal.invalid=gate:\($0)}}" } ?? ""
        try """
        compatibility_level = 3.6
        queue_directory = \(directory)/queue
        data_directory = \(directory)/data
        daemon_directory = /usr/lib/postfix/sbin
        command_directory = /usr/sbin
        maillog_file = \(directory)/mail.log
        maillog_file_prefixes = /tmp
        myhostname = mx.example
        mydestination =
        virtual_alias_domains = closed.example
        mynetworks = 127.0.0.0/8, 192.0.2.0/24
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        enable_long_queue_ids = yes
        default_transport = discard
        transport_maps = \(transport)
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_authorized_xclient_hosts = 127.0.0.0/8
        smtpd_client_connection_count_limit = 0
        disable_mime_input_processing = yes
        in_flow_delay = 0
        lmtp_connection_cache_on_demand = yes
        minimal_backoff_time = 5s
        queue_run_delay = 5s

        """.write(toFile: directory + "/etc/main.cf", atomically: true, encoding: .utf8)
        try """
        127.0.0.1:\(port) inet n - n - - smtpd
        listseal-in unix n - n - 20 smtpd
          -o smtpd_client_restrictions=permit_mynetworks,reject
          -o smtpd_authorized_xclient_hosts=
          -o message_size_limit=0
        listseal-brief unix n - n - 20 smtpd
          -o smtpd_timeout=1s
        gate unix - - n - - lmtp
          -o lmtp_line_length_limit=0
          -o lmtp_send_xforward_command=yes
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        showq unix n - n - - showq
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """.write(toFile: directory + "/etc/master.cf", atomically: true, encoding: .utf8)
    }
}
