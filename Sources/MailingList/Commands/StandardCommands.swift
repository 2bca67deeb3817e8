/// The commands, in the order in which `help` shows them.
public enum StandardCommands {
    /// Every command; the longer name before one that it begins with.
    public static let all: [any MailCommand] = [
        HelpCommand(),
        InfoCommand(),
        SubscribeCommand(),
        UnsubscribeCommand(),
        ConfirmCommand(),
        KeySetCommand(),
        KeyConfirmCommand(),
        KeyChangeCommand(),
        KeyUpdateCommand(),
        KeyRevokeCommand(),
        KeyReceiveCommand(),
        KeySignCommand(),
        KeyGetCommand(),
        KeyAddCommand(),
        KeyRemoveCommand(),
        WhoCommand(),
        SetDeliveryCommand(),
        SetCommand(),
        AcceptCommand(),
        RejectCommand(),
        DiscardCommand(),
        TrustCommand(),
    ]
}
