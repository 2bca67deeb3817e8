import FuzzEntries
import Glibc

/// What libFuzzer calls; `LISTSEAL_FUZZ_ENTRY` names the parser.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    entry.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let entry: FuzzEntry = {
    guard let name = unsafe getenv("LISTSEAL_FUZZ_ENTRY"),
        let entry = unsafe FuzzEntry(rawValue: String(cString: name))
    else { fatalError("LISTSEAL_FUZZ_ENTRY names no parser") }
    return entry
}()
