/// The texts in English, one constant each.
enum EnglishTexts {
    static func template(_ name: TextName) -> TextTemplate {
        switch name {
        case .keySet: keySet
        case .keyConfirm: keyConfirm
        case .keyChangeConfirm: keyChangeConfirm
        case .confirmAddress: confirmAddress
        case .confirmLeave: confirmLeave
        case .moderate: moderate
        case .rejected: rejected
        case .welcome: welcome
        case .keyChanged: keyChanged
        case .keyUpdated: keyUpdated
        case .goodbye: goodbye
        case .help: help
        case .info: info
        case .listKey: listKey
        case .keySigned: keySigned
        case .held: held
        case .heldLong: heldLong
        case .postRejected: postRejected
        case .keyExpires: keyExpires
        case .keysExpire: keysExpire
        case .bounces: bounces
        case .bouncesOwners: bouncesOwners
        case .keyRotated: keyRotated
        case .keyRevoked: keyRevoked
        case .renamed: renamed
        case .keyBound: keyBound
        case .keyUnbound: keyUnbound
        case .settingChanged: settingChanged
        case .ownersNotice: ownersNotice
        case .unsent: unsent
        case .missedCopies: missedCopies
        case .dropped: dropped
        case .unusableKeys: unusableKeys
        case .ownerMail: ownerMail
        case .summons: summons
        case .alreadySubscribed: alreadySubscribed
        case .keyRefused: keyRefused
        case .keyEnded: keyEnded
        case .keyEndedOwners: keyEndedOwners
        case .decided: decided
        case .who: who
        case .subscriberKey: subscriberKey
        case .delivery: delivery
        case .failed: failed
        }
    }
}
