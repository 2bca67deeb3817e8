/// Finds the parts of a message in one pass over its lines.
///
/// It uses a stack of open multiparts instead of recursion. Each line, header lines
/// included, is first compared with the delimiters of all open multiparts, as RFC 2046
/// §5.1.2 demands, and only then read as a line of the current part.
struct MessageSlicer {
    /// A part whose end is not known yet.
    struct Node {
        var header: HeaderReader
        var fields: [HeaderField] = []
        var contentType = ContentType.standard
        let parent: Int?
        let start: Int
        var bodyStart: Int
        var end: Int
    }

    /// A multipart that neither its close delimiter nor its parent has ended yet.
    struct OpenMultipart {
        enum Phase {
            case preamble
            case parts
            case epilogue
        }
        let node: Int
        let boundary: [UInt8]
        var phase = Phase.preamble
    }

    enum State {
        case header(Int)
        case body(Int)
        /// In a preamble or an epilogue, which belong to no part.
        case between
    }

    let source: [UInt8]
    let limits: MIMELimits
    var nodes: [Node] = []
    var open: [OpenMultipart] = []
    var state = State.between
    var style: LineEnding?
    var previousEnding: LineEnding?
    var totalFields = 0

    init(_ source: [UInt8], limits: MIMELimits) {
        self.source = source
        self.limits = limits
    }

    mutating func slice() throws(MIMEError) -> Part {
        try begin(at: 0, parent: nil)
        var position = 0
        while position < source.count {
            let line = try SourceLine(in: source, at: position)
            style = style ?? line.ending
            if let delimiter = try delimiter(in: line) {
                try take(delimiter, line)
            } else if case .header(let node) = state {
                try takeHeaderLine(line, of: node)
            }
            previousEnding = line.ending
            position = line.end
        }
        try finish()
        return assembled()
    }

    // MARK: - Header

    private mutating func begin(at start: Int, parent: Int?) throws(MIMEError) {
        guard nodes.count < limits.parts else { throw MIMEError(.tooManyParts, at: start) }
        nodes.append(
            Node(
                header: HeaderReader(start: start, isRoot: parent == nil),
                parent: parent,
                start: start,
                bodyStart: source.count,
                end: source.count
            )
        )
        state = .header(nodes.count - 1)
    }

    private mutating func takeHeaderLine(_ line: SourceLine, of node: Int) throws(MIMEError) {
        if let ending = line.ending, ending != style {
            throw MIMEError(.mixedLineEndings, at: line.start)
        }
        if line.isEmpty {
            try endHeader(of: node, bodyStart: line.end)
        } else {
            try nodes[node].header.take(line, in: source, limits: limits)
        }
    }

    private mutating func endHeader(of node: Int, bodyStart: Int) throws(MIMEError) {
        let fields = try nodes[node].header.finish(in: source, limits: limits)
        totalFields += fields.count
        guard totalFields <= limits.totalHeaderFields else {
            throw MIMEError(.tooManyHeaderFields, at: nodes[node].start)
        }
        let isInDigest = nodes[node].parent.map {
            nodes[$0].contentType.isType("multipart", "digest")
        }
        let structure = try PartStructure(
            fields,
            isInDigest: isInDigest ?? false,
            at: nodes[node].start,
            limits: limits
        )
        nodes[node].fields = fields
        nodes[node].contentType = structure.contentType
        nodes[node].bodyStart = bodyStart
        if let boundary = structure.boundary {
            try openMultipart(node, boundary: boundary)
        } else {
            state = .body(node)
        }
    }

    private mutating func openMultipart(_ node: Int, boundary: [UInt8]) throws(MIMEError) {
        let offset = nodes[node].start
        // The parts of this multipart lie one level deeper than the multipart.
        guard open.count + 2 <= limits.depth else { throw MIMEError(.tooDeep, at: offset) }
        // RFC 2046 §5.1.2 lets a reader compare only the beginning of a line. With `a`
        // around `ab`, such a reader closes the outer multipart where we close the inner one.
        let isAmbiguous = open.contains {
            $0.boundary.starts(with: boundary) || boundary.starts(with: $0.boundary)
        }
        guard !isAmbiguous else { throw MIMEError(.boundaryAmbiguous, at: offset) }
        open.append(OpenMultipart(node: node, boundary: boundary))
        state = .between
    }

    // MARK: - Delimiters

    private struct Delimiter {
        let level: Int
        let isClose: Bool
    }

    private func delimiter(in line: SourceLine) throws(MIMEError) -> Delimiter? {
        guard !open.isEmpty, line.contentEnd - line.start > 2, source[line.start] == ASCII.dash,
            source[line.start + 1] == ASCII.dash
        else { return nil }
        let text = source[line.start + 2..<line.contentEnd]
        for level in open.indices.reversed() where text.starts(with: open[level].boundary) {
            var rest = text.dropFirst(open[level].boundary.count)
            let isClose = rest.starts(with: [ASCII.dash, ASCII.dash])
            if isClose { rest = rest.dropFirst(2) }
            // RFC 2046 §5.1.1: only blanks may follow, as transport padding. Readers disagree
            // whether a line with more text is a delimiter.
            guard rest.allSatisfy(ASCII.isBlank) else {
                throw MIMEError(.delimiterAmbiguous, at: line.start)
            }
            // RFC 2046 §5.1.1: the line break before a delimiter belongs to the delimiter.
            guard previousEnding == style, line.ending == nil || line.ending == style else {
                throw MIMEError(.mixedLineEndings, at: line.start)
            }
            return Delimiter(level: level, isClose: isClose)
        }
        return nil
    }

    private mutating func take(_ delimiter: Delimiter, _ line: SourceLine) throws(MIMEError) {
        let end = line.start - (previousEnding?.count ?? 0)
        if case .header(let node) = state {
            guard !nodes[node].header.hasLines else {
                throw MIMEError(.headerUnterminated, at: line.start)
            }
            // A delimiter directly after a delimiter, or after one blank line: an empty part.
            try endHeader(of: node, bodyStart: line.start)
        }
        if case .body(let node) = state { close(node, at: end) }
        while open.count - 1 > delimiter.level, let inner = open.popLast() {
            try requireClosed(inner, at: line.start)
            close(inner.node, at: end)
        }
        guard open[delimiter.level].phase != .epilogue else {
            throw MIMEError(.delimiterAfterClose, at: line.start)
        }
        guard delimiter.isClose else {
            open[delimiter.level].phase = .parts
            try begin(at: line.end, parent: open[delimiter.level].node)
            return
        }
        guard open[delimiter.level].phase == .parts else {
            throw MIMEError(.partMissing, at: line.start)
        }
        open[delimiter.level].phase = .epilogue
        state = .between
    }

    private mutating func close(_ node: Int, at end: Int) {
        nodes[node].end = max(end, nodes[node].start)
        nodes[node].bodyStart = min(nodes[node].bodyStart, nodes[node].end)
    }

    /// Refuses a multipart without a close delimiter if it is signed or encrypted.
    ///
    /// RFC 2046 §5.1.2 lets a multipart end with its parent, and old mail does so. Where a
    /// signature or an encryption depends on it, the close delimiter must be there.
    private func requireClosed(_ multipart: OpenMultipart, at offset: Int) throws(MIMEError) {
        switch multipart.phase {
        case .epilogue: return
        case .preamble: throw MIMEError(.partMissing, at: offset)
        case .parts:
            let subtype = nodes[multipart.node].contentType.subtype
            guard subtype != "signed", subtype != "encrypted" else {
                throw MIMEError(.closeDelimiterMissing, at: offset)
            }
        }
    }

    // MARK: - End

    private mutating func finish() throws(MIMEError) {
        // RFC 5322 §3.5: a message may be a header and nothing else.
        if case .header(let node) = state { try endHeader(of: node, bodyStart: source.count) }
        for multipart in open.reversed() { try requireClosed(multipart, at: source.count) }
    }

    /// Builds the tree backwards: children come after their parents, so each is ready in time.
    private func assembled() -> Part {
        var children: [[Part]] = Array(repeating: [], count: nodes.count)
        for index in nodes.indices.dropFirst().reversed() {
            guard let parent = nodes[index].parent else { continue }
            children[parent].append(part(nodes[index], children: children[index].reversed()))
            children[index] = []
        }
        return part(nodes[0], children: children[0].reversed())
    }

    private func part(_ node: Node, children: [Part]) -> Part {
        Part(
            source: source,
            range: node.start..<node.end,
            bodyStart: node.bodyStart,
            headerFields: node.fields,
            contentType: node.contentType,
            children: children,
            lineEnding: style ?? .crlf
        )
    }
}
