import Foundation
import MailingList
import NIOConcurrencyHelpers
import NIOCore

/// How often one client of the MTA may make the list write to people who have proven
/// nothing, and are not on the list.
///
/// Each kind of answer is counted apart, so that requests for help through a large provider
/// do not use up the invitations of its other customers.
///
/// The limit of a day for each address does not hold back who knows many addresses; that
/// of a list would be used up by him for all. In memory: a restart forgives.
final class SourceLimits: Sendable {
    /// Mails of one kind an hour.
    static let hourly = 60
    /// Sources and kinds that are remembered; the one that began longest ago goes first.
    static let capacity = 10_000
    private static let hour: TimeInterval = 3600

    private struct Key: Hashable {
        let source: String
        let kind: ReplyLimit.Kind
    }

    private struct State {
        var counts: [Key: (since: Date, count: Int)] = [:]
        var order: [Key] = []
    }

    private let state = NIOLockedValueBox(State())

    /// Counts one; says whether it is within the limit.
    ///
    /// What came from this host is not limited: who can submit here has other ways, and
    /// behind a webmail are many people.
    func allows(_ kind: ReplyLimit.Kind, from address: String?, at now: Date) -> Bool {
        guard let address, !Self.isLoopback(address) else { return true }
        let key = Key(source: Self.source(of: address), kind: kind)
        return state.withLockedValue { state in
            if let known = state.counts[key], now < known.since.addingTimeInterval(Self.hour) {
                state.counts[key] = (known.since, known.count + 1)
                return known.count < Self.hourly
            }
            if state.counts[key] == nil {
                state.order.append(key)
                if state.order.count > Self.capacity {
                    state.counts[state.order.removeFirst()] = nil
                }
            }
            state.counts[key] = (now, 1)
            return true
        }
    }

    private static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1"
    }

    /// An IPv4 address, or the network of an IPv6 address that one customer has.
    static func source(of address: String) -> String {
        guard let socket = try? SocketAddress(ipAddress: address, port: 0),
            case .v6 = socket, let words = Self.words(address)
        else { return address }
        return words.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    // The eight words of a text that has been found to be an IPv6 address.
    private static func words(_ address: String) -> [UInt16]? {
        let text = address.prefix { $0 != "%" }
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        func words(_ half: Substring) -> [UInt16] {
            half.split(separator: ":").map { UInt16($0, radix: 16) ?? 0 }
        }
        guard let first = halves.first else { return nil }
        let left = words(first)
        let right = halves.count == 2 ? words(halves[1]) : []
        guard left.count + right.count <= 8 else { return nil }
        return left + Array(repeating: 0, count: 8 - left.count - right.count) + right
    }
}
