extension StandardCommands {
    /// Every command, as a Markdown table for the manual.
    public static var table: String {
        let rows = all.map { command in
            let syntax = command.syntax
            let name = (syntax.words + (syntax.arguments.isEmpty ? [] : [syntax.arguments]))
                .joined(separator: " ").replacing("|", with: "\\|")
            return "| `\(name)` | \(syntax.summary) |\n"
        }
        return "| command | what it does |\n|---|---|\n" + rows.joined()
    }
}
