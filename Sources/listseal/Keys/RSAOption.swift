import Administration
import ArgumentParser

/// Which kind of key a command makes for a list.
struct RSAOption: ParsableArguments {
    @Option(help: ArgumentHelp("Make an RSA key with so many bits.", valueName: "bits"))
    var rsa: Int?

    var source: ListKeySource { rsa.map { .rsa(bits: $0) } ?? .curve25519 }

    func validate() throws {
        guard rsa.map(ListKeySource.rsaSizes.contains) ?? true else {
            throw ValidationError("--rsa: an RSA key has 2048 to 8192 bits.")
        }
    }
}
