internal import Yams

/// Reads one small YAML document without anchors, aliases and tags.
enum YAMLReading {
    /// No policy is larger, in bytes.
    static let maximumBytes = 1 << 20
    /// No policy has more texts, lists and sets of members.
    static let maximumNodes = 50_000
    /// No policy needs to be nested deeper.
    static let maximumDepth = 16

    /// The document's root.
    static func root(_ bytes: [UInt8]) throws(PolicyFileError) -> PolicyNode {
        guard bytes.count <= maximumBytes else { throw PolicyFileError(.tooLarge(limit: maximumBytes)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw PolicyFileError(.notText) }
        // Before anything is read: a few hundred bytes of aliases can stand for more nodes than there is memory.
        if let line = AnchorScan.firstLine(bytes) { throw PolicyFileError(.anchor, line: line) }
        var remaining = maximumNodes
        return try convert(try compose(text), path: "", depth: 0, remaining: &remaining)
    }

    private static func compose(_ text: String) throws(PolicyFileError) -> Node {
        let documents: [Node]
        do {
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let first = try parser.nextRoot() else { throw PolicyFileError(.empty) }
            documents = [first] + (try parser.nextRoot().map { [$0] } ?? [])
        } catch let error as PolicyFileError {
            throw error
        } catch let error as YamlError {
            throw self.error(error)
        } catch {
            throw PolicyFileError(.notYAML(reason: "\(error)"))
        }
        guard documents.count == 1 else { throw PolicyFileError(.severalDocuments, line: documents[1].mark?.line) }
        return documents[0]
    }

    private static func error(_ error: YamlError) -> PolicyFileError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            PolicyFileError(.notYAML(reason: problem), line: mark.line)
        case .duplicatedKeysInMapping(let keys, let context):
            PolicyFileError(.duplicateKey(keys.first ?? ""), line: context.mark.line)
        case .reader(let problem, _, _, _): PolicyFileError(.notYAML(reason: problem))
        default: PolicyFileError(.notYAML(reason: "\(error)"))
        }
    }

    private static func convert(
        _ node: Node,
        path: String,
        depth: Int,
        remaining: inout Int
    ) throws(PolicyFileError) -> PolicyNode {
        let line = node.mark?.line
        remaining -= 1
        guard remaining >= 0 else { throw PolicyFileError(.tooManyNodes(limit: maximumNodes), path: path, line: line) }
        guard depth < maximumDepth else { throw PolicyFileError(.tooDeep(limit: maximumDepth), path: path, line: line) }
        guard node.anchor == nil else { throw PolicyFileError(.anchor, path: path, line: line) }
        let content: PolicyNode.Content
        switch node {
        case .scalar(let scalar):
            try refuse(scalar.tag, path: path, line: line)
            content = .text(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence):
            try refuse(sequence.tag, path: path, line: line)
            var nodes: [PolicyNode] = []
            for (index, element) in sequence.enumerated() {
                let place = "\(path)[\(index)]"
                nodes.append(try convert(element, path: place, depth: depth + 1, remaining: &remaining))
            }
            content = .list(nodes)
        case .mapping(let mapping):
            try refuse(mapping.tag, path: path, line: line)
            content = .members(try members(mapping, path: path, depth: depth, remaining: &remaining))
        case .alias: throw PolicyFileError(.anchor, path: path, line: line)
        }
        return PolicyNode(content: content, path: path, line: line)
    }

    private static func members(
        _ mapping: Node.Mapping,
        path: String,
        depth: Int,
        remaining: inout Int
    ) throws(PolicyFileError) -> [PolicyNode.Member] {
        var members: [PolicyNode.Member] = []
        var seen: Set<[UInt8]> = []
        for (key, value) in mapping {
            let line = key.mark?.line
            guard case .scalar(let scalar) = key, key.anchor == nil
            else { throw PolicyFileError(.wrongKind(expected: "a text as key"), path: path, line: line) }
            try refuse(scalar.tag, path: path, line: line)
            guard seen.insert(Array(scalar.string.utf8)).inserted
            else { throw PolicyFileError(.duplicateKey(scalar.string), path: path, line: line) }
            let place = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
            let node = try convert(value, path: place, depth: depth + 1, remaining: &remaining)
            members.append(PolicyNode.Member(key: scalar.string, line: line, value: node))
        }
        return members
    }

    private static func refuse(_ tag: Tag, path: String, line: Int?) throws(PolicyFileError) {
        let name = tag.description
        guard ["", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"].contains(name)
        else { throw PolicyFileError(.tag(name), path: path, line: line) }
    }
}
