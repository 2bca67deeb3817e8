import CZlib

/// Takes the compression off a packet, up to a limit.
///
/// What is inside a compressed packet can be looked at only so; and only what
/// was looked at may be given to the engine to verify.
///
/// - SeeAlso: [RFC 9580 §5.6](https://www.rfc-editor.org/rfc/rfc9580#section-5.6)
enum Inflation {
    /// Octets that come out at once.
    private static let step = 1 << 16

    /// The octets inside the body of a compressed packet; nil for BZip2, which
    /// GnuPG reads and this does not.
    ///
    /// Throws ``PacketError`` for damaged data, for octets behind its end, and
    /// for more than the limit.
    static func contents(
        of body: ArraySlice<UInt8>,
        limit: Int
    ) throws(PacketError) -> [UInt8]? {
        let data = body.dropFirst()
        switch body.first {
        case 0:
            guard data.count <= limit else { throw PacketError(.tooLarge, at: body.startIndex) }
            return Array(data)
        // RFC 1951, without a frame; the sign says so to zlib.
        case 1: return try inflate(data, windowBits: -15, limit: limit)
        // RFC 1950, with one.
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
            // Each turn ends the stream, is an error, or gives at least an octet;
            // one that gives nothing more has run out of input: Z_BUF_ERROR.
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

/// The owner of zlib's state, which must stay where it was made.
@safe
private struct InflateStream: ~Copyable {
    let pointer: UnsafeMutablePointer<z_stream>

    /// Nil if there is no memory for it.
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
