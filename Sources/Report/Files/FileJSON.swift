package import CaseIndex
internal import Cryptography
package import Filesystem
internal import Presentation
package import StrictJSON

/// Members of layers as JSON.
package enum FileJSON {
    /// One member.
    ///
    /// - Parameters:
    ///   - entry: The member.
    ///   - content: Its content; for a hard link that of the member it leads to.
    ///   - more: Members of the object that stand before the others.
    /// - Returns: The object.
    package static func entry(
        _ entry: FileEntryRecord,
        content: FileContentRecord?,
        _ more: [(String, JSONValue)] = []
    ) -> JSONValue {
        var members = more + path("path", entry.path)
        members += [
            ("kind", JSONValue(entry.kind.word)),
            ("mode", JSONValue("0" + String(entry.mode, radix: 8))),
            ("uid", JSONValue(entry.userID)),
            ("gid", JSONValue(entry.groupID)),
            ("modified", JSONValue(FileLine.time(entry.modified))),
            ("size", content.map { JSONValue($0.size) } ?? .null),
            ("sha256", JSONValue(content.map { Hexadecimal.encode($0.digest) })),
        ]
        if let link = entry.link { members += path("link", link) }
        if let capabilities = FileCapabilities.text(entry) { members.append(("capabilities", JSONValue(capabilities))) }
        if !entry.details.isEmpty {
            let details = entry.details.map { detail -> (String, JSONValue) in
                (detail.name, text(detail.value) ?? JSONValue("hex:" + Hexadecimal.encode(detail.value)))
            }
            members.append(("details", .members(details)))
        }
        return .members(members)
    }

    /// A path as text, or escaped with its bytes beside when it is not UTF-8.
    static func path(_ name: String, _ path: [UInt8]) -> [(String, JSONValue)] {
        if let text = text(path) { return [(name, text)] }
        return [(name, JSONValue(EscapedText(path).text)), (name + "Hex", JSONValue(Hexadecimal.encode(path)))]
    }

    private static func text(_ bytes: [UInt8]) -> JSONValue? {
        bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self).map { JSONValue($0) }
    }

    /// One layer of an image.
    package static func layer(_ layer: StackedLayer) -> JSONValue {
        .members([
            ("number", JSONValue(layer.number)),
            ("digest", JSONValue("\(layer.digest)")),
            ("named", JSONValue("\(layer.named)")),
            ("entries", layer.stored.map { JSONValue($0.entries) } ?? .null),
            ("failure", JSONValue(layer.stored?.failure)),
            ("step", step(layer.step)),
        ])
    }

    static func step(_ step: BuildStep?) -> JSONValue {
        guard let step else { return .null }
        return .members([
            ("number", JSONValue(step.number)), ("createdBy", JSONValue(step.createdBy)),
            ("created", JSONValue(step.created)),
        ])
    }

    /// A layer by digest, place and step.
    static func brief(_ layer: StackedLayer) -> JSONValue {
        .members([
            ("number", JSONValue(layer.number)), ("digest", JSONValue("\(layer.digest)")),
            ("step", step(layer.step)),
        ])
    }

    /// What became of a member.
    package static func fate(_ file: ViewedFile, _ stack: ImageStack) -> [(String, JSONValue)] {
        [
            ("state", JSONValue(file.fate.group.rawValue)),
            ("fate", JSONValue(file.fate.rawValue)),
            ("layer", JSONValue(stack.layers[file.layer].number)),
            ("endedByLayer", file.endedBy.map { JSONValue(stack.layers[$0].number) } ?? .null),
        ]
    }
}

extension FileKind {
    /// The word for documents.
    package var word: String {
        switch self {
        case .file: "file"
        case .directory: "directory"
        case .symbolicLink: "symbolic-link"
        case .hardLink: "hard-link"
        case .characterDevice: "character-device"
        case .blockDevice: "block-device"
        case .fifo: "fifo"
        case .other: "other"
        }
    }
}
