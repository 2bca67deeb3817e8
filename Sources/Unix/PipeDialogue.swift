import Foundation

/// Writes the input of a program and reads its outputs at the same time, in one thread.
///
/// A program that waits for one of its pipes would never end if another one is served first.
struct PipeDialogue {
    /// One output of the program.
    struct Output {
        fileprivate(set) var descriptor: CInt?
        fileprivate(set) var octets = Data()
    }

    private(set) var output: Output
    private(set) var errors: Output
    private var input: Data
    private let limit: Int

    /// Makes a dialogue that keeps `limit` octets of each output.
    init(output: CInt, errors: CInt?, input: Data, limit: Int) {
        self.output = Output(descriptor: output)
        self.errors = Output(descriptor: errors)
        self.input = input
        self.limit = limit
    }

    /// Returns when both outputs are closed, or a second after the program has ended.
    ///
    /// - Parameters:
    ///   - writer: The input of the program; closed when all is written or nobody reads it.
    ///   - hasEnded: Says whether the program has ended.
    mutating func run(to writer: FileHandle?, until hasEnded: () -> Bool) {
        var writer = writer
        if let descriptor = writer?.fileDescriptor {
            _ = Self.ignoresBrokenPipes
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }
        var deadline: ContinuousClock.Instant?
        while output.descriptor != nil || errors.descriptor != nil {
            let ready = Self.wait(for: [output.descriptor, errors.descriptor], writer)
            if deadline == nil, hasEnded() { deadline = .now + Self.patience }
            if let deadline, .now > deadline { break }
            if let writer = writer, ready.contains(writer.fileDescriptor) { write(to: writer) }
            if input.isEmpty {
                try? writer?.close()
                writer = nil
            }
            Self.read(&output, ready, limit)
            Self.read(&errors, ready, limit)
        }
        try? writer?.close()
    }

    // Milliseconds between two looks at whether the program has ended.
    private static let interval: CInt = 100
    // What a program has left in the background may hold its outputs for ever.
    private static let patience: Duration = .seconds(1)

    // A write to a broken pipe would end the whole process.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    // The descriptors on which something can be done or has ended; none after an interval.
    private static func wait(for readers: [CInt?], _ writer: FileHandle?) -> Set<CInt> {
        var polled = readers.compactMap {
            $0.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        }
        if let writer {
            polled.append(pollfd(fd: writer.fileDescriptor, events: Int16(POLLOUT), revents: 0))
        }
        guard unsafe poll(&polled, nfds_t(polled.count), interval) > 0 else { return [] }
        return Set(polled.filter { $0.revents != 0 }.map(\.fd))
    }

    private mutating func write(to writer: FileHandle) {
        let written = unsafe input.prefix(65_536).withUnsafeBytes {
            unsafe Foundation.write(writer.fileDescriptor, $0.baseAddress, $0.count)
        }
        // A program that does not read its input breaks the pipe, which is no failure.
        if written >= 0 {
            input = Data(input.dropFirst(written))
        } else if errno != EAGAIN && errno != EINTR {
            input = Data()
        }
    }

    private static func read(_ output: inout Output, _ ready: Set<CInt>, _ limit: Int) {
        guard let descriptor = output.descriptor, ready.contains(descriptor) else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
        }
        if count > 0 {
            output.octets += buffer.prefix(min(count, limit - output.octets.count))
        } else if count == 0 || errno != EINTR {
            output.descriptor = nil
        }
    }
}
