import Testing

/// Real gpg in a home of its own, without questions.
struct GnuPG {
    let home: String

    /// Runs gpg; fails the test unless it ends with this status.
    @discardableResult
    func run(
        _ arguments: [String],
        input: [UInt8] = [],
        expecting status: Int32? = 0
    ) throws -> Shell.Result {
        let result = try Shell.run(
            "gpg",
            ["--homedir", home, "--batch", "--quiet", "--no-tty", "--trust-model", "always"]
                + arguments,
            input: input
        )
        if let status { try #require(result.status == status, "gpg: \(result.error)") }
        return result
    }
}
