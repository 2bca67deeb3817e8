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
        WhoCommand(),
        SetDeliveryCommand(),
        AcceptCommand(),
        RejectCommand(),
        DiscardCommand(),
        TrustCommand(),
    ]
}
