/// English words for the lines above a post.
extension EnglishWords {
    static func remark(_ remark: PostRemark) -> (label: String, value: String) {
        switch remark {
        case .postedBy(let author, let isProven):
            ("Posted by", (author ?? unreadableAddress) + (isProven ? "" : " (not verified)"))
        case .date(let date): ("Date", time(TextTime(date)))
        case .unreadableDate(let text): ("Date", text)
        case .signature(let facts): ("Signature", signature(facts))
        case .noSignature: ("Signature", noSignature)
        case .encryption(let encryption): ("Encryption", self.encryption(encryption))
        case .acceptedAlthough(let refusals):
            ("Accepted although", refusals.map(objection).joined(separator: "; "))
        case .subjectNotSigned: ("Subject", "not covered by the author's signature")
        case .addressed(true): ("Addressed", "to this list, according to the signature")
        case .addressed(false):
            ("Addressed", "the signature does not say for whom the post was written")
        case .forwarded(let remark): ("Forwarded", forwarded(remark))
        case .madeText(isAttached: true):
            ("Text", "made by the list from the author's HTML, which is attached")
        case .madeText(isAttached: false):
            ("Text", "made by the list from the author's HTML, which is left out")
        case .notInClear:
            ("Sent encrypted", "its content cannot be sent in clear without changes")
        case .signatureNotKept(let objection):
            ("Author's signature not kept", self.objection(objection))
        }
    }

    private static func forwarded(_ remark: ForwardRemark) -> String {
        switch remark {
        case .toNobody(let objection): "to nobody: \(self.objection(objection))"
        case .notAnAddress(let word): "not to \(word): not an address, or too many addresses"
        case .tooLarge(let address): "not to \(address): the post is too large for so many"
        case .isList(let address): "not to \(address): this is the address of a list"
        case .noKey(let address):
            "not to \(address): the list has no key for it. An owner sets one with \"key add\""
        case .unusableKey(let address): "not to \(address): its key cannot be used now"
        case .encrypted(let address, let key): "to \(address), encrypted with key \(key)"
        case .clear(let address): "to \(address), in clear"
        }
    }

    private static func objection(_ objection: ForwardRemark.Objection) -> String {
        switch objection {
        case .notProven: "the post is not both encrypted and signed with a confirmed key"
        case .notBound(let list):
            "the signature does not say for which list the post is. The author can add the line "
                + "\"X-List-Name: \(list)\""
        case .notAllowed: "the list does not allow the author to forward posts"
        case .wasHeld: "a moderator had to accept the post. The author can send it again"
        }
    }

    private static func objection(_ objection: OriginalObjection) -> String {
        switch objection {
        case .otherDomain: "this server does not send mail for the author's domain"
        case .notProven: "the author's key has not signed the post"
        case .hasRemarks: "the list has remarks on the post"
        case .otherForm: "the post is not one encrypted message with one signature over all of it"
        case .forListAlone: "the author signed the post for the list's key alone"
        case .hasGossip: "the post contains the keys of other people"
        case .otherDate: "the date of the post is not the time of its signature"
        }
    }
}
