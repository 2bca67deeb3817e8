import Glibc

extension MilterPeer {
    /// Copies libmilter's description of a client.
    ///
    /// - Parameters:
    ///   - hostName: The MTA's name for the client.
    ///   - address: Null if the MTA does not know the address.
    @unsafe
    init(hostName: UnsafePointer<CChar>?, address: UnsafePointer<sockaddr>?) {
        let name = unsafe hostName.map { unsafe String(cString: $0) } ?? ""
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        var port: in_port_t?
        // The pointer has no length, but libmilter stores the address in a union that is
        // large enough for each of these families.
        switch unsafe (address?.pointee.sa_family).map(Int32.init) {
        case AF_INET:
            unsafe address?.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                var internet = unsafe $0.pointee.sin_addr
                unsafe inet_ntop(AF_INET, &internet, &text, socklen_t(text.count))
                port = unsafe $0.pointee.sin_port
            }
        case AF_INET6:
            unsafe address?.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                var internet = unsafe $0.pointee.sin6_addr
                unsafe inet_ntop(AF_INET6, &internet, &text, socklen_t(text.count))
                port = unsafe $0.pointee.sin6_port
            }
        default:
            break
        }
        self.init(
            hostName: name,
            address: port.map { _ in
                String(
                    decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                    as: UTF8.self
                )
            },
            port: port.map { Int(UInt16(bigEndian: $0)) }
        )
    }
}
