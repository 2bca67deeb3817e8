import CGPGME
import Glibc
import OpenPGP

/// What the engine reads: octets, copied into the library.
@safe
struct GPGMEInput: ~Copyable {
    let pointer: gpgme_data_t

    init(_ bytes: [UInt8], _ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        var data: gpgme_data_t?
        let result = unsafe bytes.withUnsafeBytes { bytes in
            // The library refuses a null pointer, even for nothing.
            unsafe bytes.isEmpty
                ? gpgme_data_new(&data)
                : gpgme_data_new_from_mem(&data, bytes.baseAddress, bytes.count, 1)
        }
        guard result == 0, let data = unsafe data else { throw OpenPGPError(result, operation) }
        unsafe pointer = data
    }

    deinit { unsafe gpgme_data_release(pointer) }
}

/// What the engine writes: collected up to a limit, and given out only whole.
///
/// The limit is kept here because `max-output` in gpg.conf truncates and reports
/// success.
@safe
struct GPGMEOutput: ~Copyable {
    let pointer: gpgme_data_t
    private let collector: OutputCollector

    init(limit: Int, _ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        let collector = OutputCollector(limit: limit)
        var data: gpgme_data_t?
        let result = unsafe gpgme_data_new_from_cbs(
            &data,
            collector.callbacks,
            Unmanaged.passUnretained(collector).toOpaque()
        )
        guard result == 0, let data = unsafe data else { throw OpenPGPError(result, operation) }
        unsafe pointer = data
        self.collector = collector
    }

    deinit { unsafe gpgme_data_release(pointer) }

    /// Whether the engine had more to say than it may.
    var isOverLimit: Bool { collector.isOverLimit }

    /// Everything that was written.
    ///
    /// The caller has made sure that the operation succeeded: the engine writes
    /// plaintext before it knows whether anybody tampered with it.
    consuming func take() -> [UInt8] { collector.take() }
}

/// The Swift side of the library's write callback.
///
/// Lives as long as the ``GPGMEOutput`` that owns it, and so longer than the C
/// object that points to it.
@safe
private final class OutputCollector {
    let callbacks: UnsafeMutablePointer<gpgme_data_cbs>
    private let limit: Int
    private var bytes: [UInt8] = []
    private(set) var isOverLimit = false

    init(limit: Int) {
        self.limit = limit
        unsafe callbacks = .allocate(capacity: 1)
        unsafe callbacks.initialize(
            to: gpgme_data_cbs(read: nil, write: outputWrite, seek: nil, release: nil)
        )
    }

    deinit { unsafe callbacks.deallocate() }

    func write(_ chunk: UnsafeRawBufferPointer) -> Int {
        guard chunk.count <= limit - bytes.count else {
            isOverLimit = true
            bytes = []
            // gpg gets EPIPE and ends: a bomb costs a limit's worth of time.
            errno = EFBIG
            return -1
        }
        unsafe bytes.append(contentsOf: chunk)
        return chunk.count
    }

    func take() -> [UInt8] {
        defer { bytes = [] }
        return isOverLimit ? [] : bytes
    }
}

private func outputWrite(
    _ handle: UnsafeMutableRawPointer?,
    _ buffer: UnsafeRawPointer?,
    _ size: Int
) -> Int {
    guard let handle = unsafe handle else { return -1 }
    let collector = unsafe Unmanaged<OutputCollector>.fromOpaque(handle).takeUnretainedValue()
    return unsafe collector.write(UnsafeRawBufferPointer(start: buffer, count: size))
}

extension OpenPGPError {
    /// An error as the library gives it, with its source.
    init(_ error: gpgme_error_t, _ operation: Operation) {
        self.init(Code(error), operation)
    }
}

extension OpenPGPError.Code {
    /// The code within an error of the library; 0 stays 0.
    init(_ error: gpgme_error_t) {
        self.init(rawValue: gpgme_err_code(error).rawValue)
    }
}
