import CGPGME
import Glibc
import OpenPGP

/// The input of an operation: octets, copied into the library.
@safe
struct GPGMEInput: ~Copyable {
    let pointer: gpgme_data_t

    init(_ bytes: [UInt8], _ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        var data: gpgme_data_t?
        let result = unsafe bytes.withUnsafeBytes { bytes in
            // GPGME refuses a null pointer even if there are no octets.
            unsafe bytes.isEmpty
                ? gpgme_data_new(&data)
                : gpgme_data_new_from_mem(&data, bytes.baseAddress, bytes.count, 1)
        }
        guard result == 0, let data = unsafe data else { throw OpenPGPError(result, operation) }
        unsafe pointer = data
    }

    deinit { unsafe gpgme_data_release(pointer) }
}

/// The output of an operation, collected up to a limit and returned only as a whole.
///
/// The limit is enforced here, because the option `max-output` of gpg truncates the output
/// and reports success.
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

    /// Whether gpg wrote more than the limit.
    var isOverLimit: Bool { collector.isOverLimit }

    /// All octets that gpg wrote; empty if they exceeded the limit.
    ///
    /// The caller must have checked that the operation succeeded: gpg writes plaintext
    /// before it knows whether the message was modified.
    consuming func take() -> [UInt8] { collector.take() }
}

/// Receives the library's write callback.
///
/// The ``GPGMEOutput`` that owns it keeps it alive longer than the C object that
/// points to it.
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
            // gpg gets EPIPE and ends, so a compression bomb costs no more than the limit.
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
    /// Makes an error from a GPGME result; the error source in it is dropped.
    init(_ error: gpgme_error_t, _ operation: Operation) {
        self.init(Code(error), operation)
    }
}

extension OpenPGPError.Code {
    /// The code in a GPGME result; 0 stays 0.
    init(_ error: gpgme_error_t) {
        self.init(rawValue: gpgme_err_code(error).rawValue)
    }
}
