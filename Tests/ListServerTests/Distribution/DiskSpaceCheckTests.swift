import SMTP
import Testing

@testable import ListServer

@Suite("Free space on the disk")
struct DiskSpaceCheckTests {
    @Test(
        "a post is put off only while what is owed would fill more than half of it",
        arguments: [(0, 0, nil), (500, 1000, nil), (501, 1000, 452), (1, 0, 452)]
            as [(Int64, Int64, Int?)]
    )
    func half(owed: Int64, free: Int64, code: Int?) throws {
        let check = DiskSpaceCheck(owedOctets: { owed }, freeOctets: { free })
        let reply = try check.refusal()
        #expect(reply?.code == code)
        #expect(reply == nil || reply?.enhanced == EnhancedStatusCode(4, 3, 1))
    }

    @Test("a post is put off while the state could not record what becomes of its copies")
    func state() throws {
        for (free, code) in [(DiskSpaceCheck.stateReserve - 1, 452), (.max, nil)] as [(_, Int?)] {
            let check = DiskSpaceCheck(
                owedOctets: { 0 },
                freeOctets: { .max },
                freeStateOctets: { free }
            )
            #expect(try check.refusal()?.code == code)
        }
    }

    @Test("the file system of a directory says what is free, and one that is not there throws")
    func fileSystem() throws {
        #expect(try DiskSpaceCheck.freeOctets(at: "/") > 0)
        #expect(throws: (any Error).self) { try DiskSpaceCheck.freeOctets(at: "/nowhere/at/all") }
    }
}
