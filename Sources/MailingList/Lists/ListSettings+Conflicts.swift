/// Two settings that cannot be had together.
public enum SettingConflict: Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// `from=original` without a domain in `original_domains`.
    case originalWithoutDomains
    /// `encrypt_outgoing=as-received` with `sign_outgoing=false`.
    case clearWithoutSignature
    /// `preserve_original_sig` with another From than the author's.
    case preservingWithoutOriginal
    /// `preserve_original_sig` with `metadata`.
    case preservingWithMetadata
    /// `preserve_original_sig` with `subject_prefix`.
    case preservingWithPrefix
    /// `preserve_original_sig` with `footer`.
    case preservingWithFooter
    /// `preserve_original_sig` with `strip_original_sig`.
    case preservingWithStripping

    /// Which two settings exclude each other, and what to do, in English.
    public var description: String { TextLanguage.english.words.conflict(self) }
}

extension ListSettings {
    /// Which two settings exclude each other; nil if none do.
    ///
    /// Checked wherever a setting is changed, whoever changes it.
    public var settingConflict: SettingConflict? {
        if copies.from == .original, copies.originalDomains.isEmpty {
            return .originalWithoutDomains
        }
        if copies.encryption == .asReceived, !copies.isSigned { return .clearWithoutSignature }
        guard copies.preservesOriginalSignature else { return nil }
        guard copies.from == .original else { return .preservingWithoutOriginal }
        if !copies.metadata.isEmpty { return .preservingWithMetadata }
        if !copies.subjectPrefix.isEmpty { return .preservingWithPrefix }
        if !copies.footer.isEmpty { return .preservingWithFooter }
        return copies.stripsOriginalSignature ? .preservingWithStripping : nil
    }
}
