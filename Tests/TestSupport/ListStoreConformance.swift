public import MailingList
public import Testing

/// What every ``ListStore`` must do: one rule a test.
///
/// A store's own tests run all of them, each on a store that was empty:
///
/// ```swift
/// @Test("a rule of every store holds", arguments: ListStoreConformance.all)
/// func conforms(_ rule: ListStoreConformance) throws {
///     try rule.check { try MyStore(…) }
/// }
/// ```
public struct ListStoreConformance: Sendable, CustomTestStringConvertible {
    /// The behaviour, as a sentence.
    public let testDescription: String
    private let body: @Sendable (StoreFixture) throws -> Void

    init(_ sentence: String, _ body: @escaping @Sendable (StoreFixture) throws -> Void) {
        testDescription = sentence
        self.body = body
    }

    /// Checks the rule.
    ///
    /// - Parameter open: opens the same store each time, as another process
    ///   would; it holds nothing yet.
    /// - Throws: what the store throws.
    public func check(_ open: @escaping @Sendable () throws -> any ListStore) throws {
        try body(try StoreFixture(store: open(), open: open))
    }

    /// Every rule.
    public static let all: [Self] =
        lists + people + posts + audience + deliveries + reports + status
        + workflows + programs + bounces + addresses + changes + pending
}
