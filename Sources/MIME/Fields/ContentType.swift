/// The media type of a part, parsed from its Content-Type field.
///
/// - SeeAlso: [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1)
public struct ContentType: Sendable, Hashable {
    /// The top-level type in lower case, as `text` or `multipart`.
    public let type: String
    /// The subtype in lower case.
    public let subtype: String
    /// The parameters in order, names in lower case, values as written.
    public let parameters: [Parameter]
    /// Whether the whole field follows the grammar and no parameter is repeated.
    ///
    /// Nothing security-relevant may be read from a field that is not well-formed. The field
    /// of an attachment often is not (`name=Report 1.pdf`); such a part is read as a leaf.
    public let isWellFormed: Bool

    /// One parameter of a Content-Type field.
    public struct Parameter: Sendable, Hashable {
        /// The attribute name in lower case.
        public let name: String
        /// The value without its quotes.
        public let value: String
    }

    /// The type of a part without a Content-Type field: text/plain.
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

    /// Parses the value of a field, or returns nil if it has no readable type and subtype.
    ///
    /// Parameters are read up to the first malformed one.
    public init?(_ value: String, limits: MIMELimits = .standard) {
        let (tokens, isComplete) = HeaderLexer.tokens(of: value, specials: HeaderLexer.typeSpecials)
        guard tokens.count >= 3, case .word(let type) = tokens[0].kind,
            tokens[1].kind == .special(ASCII.slash), case .word(let subtype) = tokens[2].kind,
            // Only some readers read `multipart / mixed` as a multipart.
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

    /// The value of a parameter, or nil if there is none with this name in any case.
    public func parameter(_ name: String) -> String? {
        parameters.first { ASCII.equal($0.name, name) }?.value
    }

    /// Whether type and subtype are these, in any case of their letters.
    public func isType(_ type: String, _ subtype: String) -> Bool {
        ASCII.equal(self.type, type) && ASCII.equal(self.subtype, subtype)
    }

    /// Whether the type is `multipart`, so that the body consists of parts.
    public var isMultipart: Bool { type == "multipart" }

    // RFC 2045 §5.1: *(";" attribute "=" value). Many mail programs write a semicolon
    // at the end; it has no meaning.
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
    /// The text of a word or a quoted string; nil for a special.
    var text: String? {
        switch kind {
        case .word(let text), .quoted(let text): text
        case .special: nil
        }
    }
}
