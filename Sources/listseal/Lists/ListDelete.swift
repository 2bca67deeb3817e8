import Administration
import ArgumentParser
import MailingList

/// The command `listseal list delete`.
struct ListDelete: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a list, its key, and all copies that are not delivered yet.",
        discussion: """
            The secret key is destroyed: nobody can read mail that is encrypted to it any more. \
            The revocation certificate stays.
            """
    )

    @OptionGroup var target: ListArgument
    @Flag(help: "Do it; without this the command only says what it would do.")
    var yes = false
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<DeletedList> {
        yes ? try host.delete(list) : try host.previewDeletion(of: list)
    }

    func lines(of list: DeletedList) -> [String] {
        [
            list.isDeleted
                ? "\(list.address) and \(list.owedCopies) undelivered copies are deleted"
                : "this would delete \(list.address) and \(list.owedCopies) undelivered copies; "
                    + "add --yes"
        ]
    }
}
