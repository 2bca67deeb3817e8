import Glibc

/// Whether the system gives this process threads.
package enum ThreadReserve {
    /// Starts so many threads at once and ends them; false if one cannot be started.
    ///
    /// The libraries under us trap when they get no thread, so the daemon asks before it starts
    /// them.
    package static func isAvailable(_ count: Int) -> Bool {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return false }
        let end = UnsafeMutablePointer<CInt>.allocate(capacity: 1)
        unsafe end.initialize(to: ends[0])
        defer {
            unsafe end.deallocate()
            close(ends[0])
        }
        var threads: [pthread_t] = []
        while threads.count < count {
            var thread = pthread_t()
            let result = unsafe pthread_create(
                &thread,
                nil,
                { argument in
                    // Returns when the other end is closed.
                    var octet: UInt8 = 0
                    if let end = unsafe argument?.assumingMemoryBound(to: CInt.self) {
                        _ = unsafe read(end.pointee, &octet, 1)
                    }
                    return nil
                },
                end
            )
            guard result == 0 else { break }
            threads.append(thread)
        }
        close(ends[1])
        for thread in threads { pthread_join(thread, nil) }
        return threads.count == count
    }
}
