extension String {
    /// The same without characters that would begin another line, or draw elsewhere.
    public var onOneLine: String {
        String(
            unicodeScalars.map { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: " "
                default: Character(scalar)
                }
            }
        )
    }
}
