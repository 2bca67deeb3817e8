import OpenPGP

/// What one run of gpg may use.
///
/// GPGME cannot end a busy engine: its cancelling came back after half a minute
/// with a busy gpg, and after ten with a stopped one.
public struct EngineLimits: Sendable, Hashable {
    /// Seconds until it is killed.
    public var seconds: Int
    /// Seconds of processor time.
    public var processorSeconds: Int
    /// Octets of address space.
    public var memory: Int
    /// Seconds until a run is killed that makes a key: RSA-8192 takes a minute.
    public var creationSeconds: Int

    /// 20 s, 15 s of them on a processor, 1 GiB; 600 s to make a key.
    public static let standard = Self()

    /// Makes limits.
    public init(
        seconds: Int = 20,
        processorSeconds: Int = 15,
        memory: Int = 1 << 30,
        creationSeconds: Int = 600
    ) {
        self.seconds = seconds
        self.processorSeconds = processorSeconds
        self.memory = memory
        self.creationSeconds = creationSeconds
    }
}
