/// The word for one step of a workflow, as owners write it.
public enum StepName: String, Sendable, Hashable, CaseIterable {
    /// She answers a mail to her address.
    case verifyAddress = "verify-address"
    /// She sends her key.
    case keySet = "key-set"
    /// She signs a statement that only her key can read.
    case keyConfirm = "key-confirm"
    /// An owner decides.
    case moderate
}
