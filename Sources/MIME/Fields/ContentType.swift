/// What a part is, from its Content-Type field.
///
/// - SeeAlso: [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1)
public struct ContentType: Sendable, Hashable {
    /// The top-level type in lower case, as `text` or `multipart`.
    public let type: String
    /// The subtype in lower case.
    public let subtype: String
    /// The parameters in order, names in lower case, values as written.
    public let parameters: [Parameter]
    /// Whether the whole field obeyed the grammar and no parameter came twice.
    ///
    /// Nothing that proves something is taken from a field that is not well
    /// formed. Attachments often are not (`name=Report 1.pdf`), and stay leaves.
    public let isWellFormed: Bool

    /// A name and its value.
    public struct Parameter: Sendable, Hashable {
        /// The attribute in lower case.
        public let name: String
        /// The value without its quotes.
        public let value: String
    }

    /// What a part without the field is: plain text in ASCII.
    ///
    /// - SeeAlso: [RFC 2045 §5.2](https://www.rfc-editor.org/rfc/rfc2045#section-5.2)
    public static let standard = ContentType(type: "text", subtype: "plain")

    init(
        type: String,
        subtype: String,
        parameters: [Parameter] = [],
        isWellFormed: Bool = true
    ) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
        self.isWellFormed = isWellFormed
    }

    /// Parses the value of a field, or returns nil if it names no type.
    ///
    /// Parameters are read up to the first one that is wrong.
    public init?(_ value: String, limits: MIMELimits = .standard) {
        let (tokens, isComplete) = HeaderLexer.tokens(of: value, specials: HeaderLexer.typeSpecials)
        guard tokens.count >= 3, case .word(let type) = tokens[0].kind,
            tokens[1].kind == .special(ASCII.slash), case .word(let subtype) = tokens[2].kind,
            // `multipart / mixed` is a multipart to some readers only.
            tokens[1].isGlued, tokens[2].isGlued
        else { return nil }
        let (parameters, isGrammatical) = Self.parameters(tokens.dropFirst(3), limits)
        self.init(
            type: ASCII.lowercased(type),
            subtype: ASCII.lowercased(subtype),
            parameters: parameters,
            isWellFormed: isComplete && isGrammatical
        )
    }

    /// The value of a parameter, or nil if it is not there.
    public func parameter(_ name: String) -> String? {
        parameters.first { ASCII.equal($0.name, name) }?.value
    }

    /// Whether it is that type, in any case of its letters.
    public func isType(_ type: String, _ subtype: String) -> Bool {
        ASCII.equal(self.type, type) && ASCII.equal(self.subtype, subtype)
    }

    /// Whether the body is made of parts.
    public var isMultipart: Bool { type == "multipart" }

    // RFC 2045 §5.1: *(";" attribute "=" value). A last semicolon is common in
    // the wild and says nothing.
    private static func parameters(
        _ tokens: ArraySlice<HeaderLexer.Token>,
        _ limits: MIMELimits
    ) -> (parameters: [Parameter], isGrammatical: Bool) {
        var result: [Parameter] = []
        var names: Set<String> = []
        var rest = tokens
        while let separator = rest.popFirst() {
            guard separator.kind == .special(ASCII.semicolon) else { return (result, false) }
            if rest.isEmpty { break }
            guard let attribute = rest.popFirst(), case .word(let name) = attribute.kind,
                let equals = rest.popFirst(), equals.kind == .special(ASCII.equals),
                let token = rest.popFirst(), let value = token.text,
                name.utf8.count + value.utf8.count <= limits.parameterOctets,
                result.count < limits.parameters,
                names.insert(ASCII.lowercased(name)).inserted
            else { return (result, false) }
            result.append(Parameter(name: ASCII.lowercased(name), value: value))
        }
        return (result, true)
    }
}

extension HeaderLexer.Token {
    /// What a word or a quoted string says.
    var text: String? {
        switch kind {
        case .word(let text), .quoted(let text): text
        case .special: nil
        }
    }
}
