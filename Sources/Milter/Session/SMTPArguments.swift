/// The words of a MAIL or RCPT command, copied from libmilter's vector.
struct SMTPArguments {
    let argument: String
    let parameters: [String]

    /// Copies a vector that a null pointer ends.
    @unsafe
    init(_ vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        var words: [String] = []
        while let vector = unsafe vector, let word = unsafe vector[words.count] {
            unsafe words.append(String(cString: word))
        }
        argument = words.first ?? ""
        parameters = Array(words.dropFirst())
    }
}
