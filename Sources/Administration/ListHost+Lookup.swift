package import MailingList
package import SMTP

extension ListHost {
    /// Returns the list with this posting address, its own or an alias.
    ///
    /// Throws ``ActFailure`` of kind `malformed` or `notFound`.
    package func list(at text: String) throws -> MailingList {
        guard let list = try store.list(at: try Self.address(text)) else {
            throw ActFailure(
                .notFound,
                "there is no list \(text)",
                hint: "'listseal lists' prints all lists"
            )
        }
        return list
    }

    /// Returns the address that somebody typed.
    ///
    /// Throws ``ActFailure`` of kind `malformed`.
    package static func address(_ text: String) throws -> EmailAddress {
        guard let address = EmailAddress(text) else {
            throw ActFailure(
                .malformed,
                "\(text) is not a mail address",
                hint: "write it without a name and brackets: list@lists.example"
            )
        }
        return address
    }

    /// Returns the person of a list with this address, in whatever role.
    ///
    /// Throws ``ActFailure`` of kind `notFound`.
    package func person(at address: EmailAddress, of list: MailingList) throws -> Subscriber {
        guard let person = try store.subscriber(at: address, of: list.id) else {
            throw ActFailure(
                .notFound,
                "\(address) is not on \(list.address)",
                hint: "'listseal subscribers \(list.address)' prints everybody on the list"
            )
        }
        return person
    }

    /// Calls a function for everybody on a list, in the order in which they were added.
    ///
    /// Reads 200 people at a time. Throws what the store and the function throw.
    func forEachPerson(of list: MailingList, _ body: (Subscriber) throws -> Void) throws {
        try Self.forEach(pagesOf: 200, store.subscribers(of:after:limit:), list.id, body)
    }

    /// Calls a function for each row that a store gives out in pages, in their order.
    static func forEach<Row: Identifiable>(
        pagesOf limit: Int,
        _ page: (MailingList.ID, Int64, Int) throws -> [Row],
        _ list: MailingList.ID,
        _ body: (Row) throws -> Void
    ) throws where Row.ID == Int64 {
        var last: Int64 = 0
        while true {
            let rows = try page(list, last, limit)
            guard let end = rows.last else { return }
            last = end.id
            for row in rows { try body(row) }
        }
    }
}
