import CGPGME
import Glibc
import OpenPGP

extension GPGMEContext {
    /// The largest output of a program in octets.
    private static var printLimit: Int { 1 << 20 }

    /// Runs a program to its end and returns its output; the exit status is not available.
    ///
    /// The first argument is the path of the program. No shell interprets the arguments.
    consuming func run(
        _ arguments: [String],
        input: [UInt8] = []
    ) throws(OpenPGPError) -> [UInt8] {
        guard let path = arguments.first else { return [] }
        try check(unsafe gpgme_set_protocol(pointer, GPGME_PROTOCOL_SPAWN))
        let arguments = ArgumentVector(arguments)
        let input = try GPGMEInput(input, operation)
        let output = try GPGMEOutput(limit: Self.printLimit, operation)
        let errors = try GPGMEOutput(limit: Self.printLimit, operation)
        try check(
            unsafe gpgme_op_spawn(
                pointer,
                path,
                arguments.pointer,
                input.pointer,
                output.pointer,
                errors.pointer,
                0
            )
        )
        return output.take()
    }
}

/// A copy of the arguments as a null-terminated C array.
@safe
private struct ArgumentVector: ~Copyable {
    let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>
    private let count: Int

    init(_ arguments: [String]) {
        count = arguments.count
        unsafe pointer = .allocate(capacity: count + 1)
        for (index, argument) in arguments.enumerated() {
            unsafe (pointer + index).initialize(to: UnsafePointer(strdup(argument)))
        }
        unsafe (pointer + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(UnsafeMutablePointer(mutating: pointer[index])) }
        unsafe pointer.deallocate()
    }
}
