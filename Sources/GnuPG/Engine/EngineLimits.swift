import OpenPGP

/// The limits of one run of gpg.
///
/// They are needed because GPGME cannot end a gpg: its cancel function returned only after
/// half a minute with a busy gpg, and after ten minutes with a stopped one.
public struct EngineLimits: Sendable, Hashable {
    /// The number of seconds after which gpg is killed.
    public var seconds: Int
    /// The number of seconds of processor time.
    public var processorSeconds: Int
    /// The number of seconds of processor time for a run that reads a certificate of a
    /// stranger: after the scan a good one takes a few hundredths of a second.
    public var inspectionSeconds: Int
    /// The address space in octets.
    public var memory: Int
    /// The number of seconds for a run that creates a key: RSA-8192 takes a minute.
    public var creationSeconds: Int

    /// 20 s, of which 15 s on a processor, and 1 GiB; 1 s on a processor to read a certificate;
    /// 600 s to create a key.
    public static let standard = Self()

    /// Makes limits; each default is the value of ``standard``.
    public init(
        seconds: Int = 20,
        processorSeconds: Int = 15,
        inspectionSeconds: Int = 1,
        memory: Int = 1 << 30,
        creationSeconds: Int = 600
    ) {
        self.seconds = seconds
        self.processorSeconds = processorSeconds
        self.inspectionSeconds = inspectionSeconds
        self.memory = memory
        self.creationSeconds = creationSeconds
    }
}
