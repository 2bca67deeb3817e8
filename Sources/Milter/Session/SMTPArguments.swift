/// The path and the ESMTP parameters of MAIL or RCPT, copied from libmilter.
struct SMTPArguments {
    let argument: String
    let parameters: [String]

    /// Copies an array of strings that ends with a null pointer.
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
