public import Foundation

/// Something that owners, or people themselves, must be told of: the question for which
/// lists there is any.
///
/// One question for all lists, so that lists with nothing to tell cost nothing.
public enum PendingReport: Sendable, Hashable {
    /// Subscribers without copies for want of a usable key, of whom owners do not know.
    case unusableKeys
    /// Keys that can encrypt at one time and not at another, of which nobody was warned.
    case expiringKeys(from: Date, until: Date)
    /// Deliveries that bounces have suspended before a time, of which a reader does not
    /// know.
    case suspensions(before: Date, untold: SuspensionReader)
    /// Posts that were to be forwarded to people outside and were not.
    case unsent
    /// Copies that did not reach subscribers.
    case missedCopies
    /// Messages that were dropped since owners were last told.
    case drops
    /// Held posts that came before a time, of which nobody was warned.
    case heldPosts(before: Date)
}
