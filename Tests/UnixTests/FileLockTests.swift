import TestSupport
import Testing
import Unix

@Suite struct FileLockTests {
    @Test("a file that is locked cannot be locked again until the first lock is gone")
    func exclusive() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lock")
        var first = try FileLock(path)
        #expect(first != nil)
        #expect(try FileLock(path) == nil)
        first = nil
        #expect(try FileLock(path) != nil)
        #expect(throws: FileError.self) { try FileLock(directory.file("none/lock")) }
    }
}
