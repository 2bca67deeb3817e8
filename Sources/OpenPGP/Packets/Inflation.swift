import CZlib

/// Decompresses a compressed packet, up to a limit.
///
/// The content of a compressed packet can be scanned only after this, and GnuPG may verify
/// only octets that were scanned.
///
/// - SeeAlso: [RFC 9580 §5.6](https://www.rfc-editor.org/rfc/rfc9580#section-5.6)
enum Inflation {
    /// The number of octets that are decompressed in one step.
    private static let step = 1 << 16

    /// The octets inside the body of a compressed packet; nil for BZip2, which GnuPG reads
    /// and this type does not.
    ///
    /// - Throws: ``PacketError`` for damaged data, for octets after the end of the compressed
    ///   data, and for a result over the limit.
    static func contents(
        of body: ArraySlice<UInt8>,
        limit: Int
    ) throws(PacketError) -> [UInt8]? {
        let data = body.dropFirst()
        switch body.first {
        case 0:
            guard data.count <= limit else { throw PacketError(.tooLarge, at: body.startIndex) }
            return Array(data)
        // ZIP: raw DEFLATE (RFC 1951), which zlib selects by negative window bits.
        case 1: return try inflate(data, windowBits: -15, limit: limit)
        // ZLIB: DEFLATE with the zlib header and trailer (RFC 1950).
        case 2: return try inflate(data, windowBits: 15, limit: limit)
        case 3: return nil
        default: throw PacketError(.malformedPacket, at: body.startIndex)
        }
    }

    private static func inflate(
        _ data: ArraySlice<UInt8>,
        windowBits: CInt,
        limit: Int
    ) throws(PacketError) -> [UInt8] {
        guard data.count <= Int(UInt32.max), let stream = InflateStream(windowBits: windowBits)
        else { throw PacketError(.tooLarge, at: data.startIndex) }
        var output: [UInt8] = []
        var input = Array(data)
        let (end, rest) = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.pointer.pointee.next_in = input.baseAddress
            unsafe stream.pointer.pointee.avail_in = UInt32(input.count)
            var buffer = [UInt8](repeating: 0, count: step)
            var result = Z_OK
            // Each call reaches the end, fails, or writes at least one octet. Without more input
            // zlib returns Z_BUF_ERROR, so the loop ends.
            while result == Z_OK, output.count <= limit {
                let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                    unsafe stream.pointer.pointee.next_out = buffer.baseAddress
                    unsafe stream.pointer.pointee.avail_out = UInt32(buffer.count)
                    result = unsafe CZlib.inflate(stream.pointer, Z_NO_FLUSH)
                    return unsafe buffer.count - Int(stream.pointer.pointee.avail_out)
                }
                output += buffer[..<count]
            }
            return unsafe (result, stream.pointer.pointee.avail_in)
        }
        guard output.count <= limit else { throw PacketError(.tooLarge, at: data.startIndex) }
        guard end == Z_STREAM_END else { throw PacketError(.malformedPacket, at: data.startIndex) }
        guard rest == 0 else { throw PacketError(.badSequence, at: data.endIndex) }
        return output
    }
}

/// Owns the state of zlib, which must not move in memory.
@safe
private struct InflateStream: ~Copyable {
    let pointer: UnsafeMutablePointer<z_stream>

    /// Makes the state, or returns nil if there is no memory for it.
    init?(windowBits: CInt) {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: z_stream())
        guard unsafe CZlib_inflateInit(pointer, windowBits) == Z_OK else {
            unsafe pointer.deallocate()
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(pointer)
        unsafe pointer.deallocate()
    }
}
