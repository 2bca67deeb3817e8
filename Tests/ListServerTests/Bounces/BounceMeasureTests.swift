import Foundation
import MIME
import MailingList
import Testing

@testable import ListServer

/// Prints how each file of a folder is counted, to measure with bounces of others, which are
/// not ours to keep: `LISTSEAL_BOUNCES=FOLDER`.
@Suite struct BounceMeasureTests {
    private static let folder = ProcessInfo.processInfo.environment["LISTSEAL_BOUNCES"]

    @Test("each file of a folder is read", .enabled(if: folder != nil))
    func measure() throws {
        let folder = try #require(Self.folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = try #require(FileManager.default.contents(atPath: folder + "/" + name))
            var message = ReceivedMessage(bytes: LineEndings.canonical(Array(bytes)))
            message.hasNullReversePath = true
            let bounce = BounceReader.bounce(in: message)
            print("BOUNCE \(name) \(bounce?.kind.rawValue ?? "nothing")")
        }
    }
}
