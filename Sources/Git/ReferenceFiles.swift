/// The references of a repository, from their files and from `packed-refs` (git, gitrepository-layout; `refs.c` for
/// names).
struct ReferenceFiles {
    /// What a reference states.
    enum Value: Hashable {
        case object(ObjectName)
        case symbolic([UInt8])
    }

    private let limits: GitLimits
    private(set) var values: [[UInt8]: Value] = [:]

    /// Larger files are no references.
    private static let maximumFileBytes = 4096

    init(_ limits: GitLimits) {
        self.limits = limits
    }

    /// Reads `packed-refs`: a name of an object and a name of a reference a line, peeled names after a caret.
    mutating func read(packed bytes: [UInt8], _ path: [UInt8], _ warnings: inout GitWarnings) {
        for line in bytes.split(separator: 0x0A) {
            if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "^") { continue }
            guard let space = line.firstIndex(of: 0x20), let target = ObjectName(hex: line[..<space]) else {
                warnings.add(.referenceMalformed, path, "a line names no object")
                continue
            }
            add(Array(line[(space + 1)...]), .object(target), &warnings)
        }
    }

    /// Reads one reference's own file, which counts before `packed-refs`.
    mutating func read(loose file: RepositoryFile, _ warnings: inout GitWarnings) {
        guard let bytes = file.open()?.all(limit: Self.maximumFileBytes) else {
            return warnings.add(.referenceMalformed, file.path, "it is too large or cannot be read")
        }
        var text = bytes[...]
        while let last = text.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { text = text.dropLast() }
        if text.starts(with: "ref:".utf8) {
            let target = text.dropFirst(4).drop { $0 == 0x20 || $0 == 0x09 }
            return add(file.path, .symbolic(Array(target)), &warnings)
        }
        guard let target = ObjectName(hex: text) else {
            return warnings.add(.referenceMalformed, file.path, "it names no object")
        }
        add(file.path, .object(target), &warnings)
    }

    /// Takes a reference in.
    mutating func add(_ name: [UInt8], _ value: Value, _ warnings: inout GitWarnings) {
        guard ReferenceName.isWellFormed(name) else {
            return warnings.add(.referenceName, name, "git would refuse this name; the reference is not kept")
        }
        guard values.count < limits.references || values[name] != nil else {
            return warnings.add(.limit, name, "more than \(limits.references) references")
        }
        values[name] = value
    }

    /// Every reference, by name, with what symbolic ones lead to.
    func resolved(_ warnings: inout GitWarnings) -> [Reference] {
        let names = values.keys.sorted { $0.lexicographicallyPrecedes($1) }
        return names.map { name in
            guard case .symbolic(let next)? = values[name] else {
                return Reference(name: name, target: object(values[name]), commit: nil, symbolicTarget: nil)
            }
            return Reference(name: name, target: follow(next, from: name, &warnings), commit: nil, symbolicTarget: next)
        }
    }

    private func object(_ value: Value?) -> ObjectName? {
        if case .object(let name)? = value { name } else { nil }
    }

    private func follow(_ first: [UInt8], from start: [UInt8], _ warnings: inout GitWarnings) -> ObjectName? {
        var name = first
        for _ in 0..<limits.symbolicDepth {
            switch values[name] {
            case .object(let target)?: return target
            case .symbolic(let next)?: name = next
            // A branch without a commit yet, as in a new repository.
            case nil: return nil
            }
        }
        warnings.add(.referenceLoop, start, "it leads through more than \(limits.symbolicDepth) other references")
        return nil
    }
}

/// The names that references may have.
enum ReferenceName {
    private static let maximumBytes = 4096

    /// Whether git would make a reference of this name (git, git-check-ref-format): otherwise it might be a path.
    static func isWellFormed(_ name: [UInt8]) -> Bool {
        if name.elementsEqual("HEAD".utf8) { return true }
        guard name.starts(with: "refs/".utf8), name.count <= maximumBytes, !contains(name, ".."), !contains(name, "@{"),
            name.last != UInt8(ascii: ".")
        else { return false }
        let forbidden = Set(" ~^:?*[\\".utf8)
        guard name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && !forbidden.contains($0) }) else { return false }
        let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.first != UInt8(ascii: ".") && !part.suffix(5).elementsEqual(".lock".utf8)
        }
    }

    private static func contains(_ name: [UInt8], _ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return name.indices.dropLast().contains { name[$0] == bytes[0] && name[$0 + 1] == bytes[1] }
    }
}
