internal import CaseIndex
package import Filesystem
package import StrictJSON

/// How two images differ, for people and as JSON.
package enum DiffText {
    /// Lists of which both images have the same beginning.
    package static func json<Element>(_ change: ListChange<Element>, _ text: (Element) -> String) -> JSONValue {
        [
            "shared": JSONValue(change.shared),
            "removed": .array(change.before.map { JSONValue(text($0)) }),
            "added": .array(change.after.map { JSONValue(text($0)) }),
        ]
    }

    /// Settings that differ.
    package static func json(_ changes: [SettingChange]) -> JSONValue {
        .array(
            changes.map { change in
                ["name": JSONValue(change.name), "a": JSONValue(change.before), "b": JSONValue(change.after)]
            }
        )
    }

    /// One file that differs, in a line.
    package static func line(_ change: FileChange) -> String {
        let marks = change.marks.map(\.rawValue)
        let remark = marks.isEmpty ? nil : "[\(marks.joined(separator: ", "))]"
        switch (change.before, change.after) {
        case (nil, let after?):
            return "+ " + FileLine.text(after, showsDigest: false, content: change.contentAfter, remark: remark)
        case (let before?, nil): return "- " + FileLine.text(before, showsDigest: false, content: change.contentBefore)
        case (let before?, let after?):
            let aspects = FileChange.Aspect.allCases.filter(change.aspects.contains).map { aspect in
                switch aspect {
                case .mode: "mode \(octal(before.mode)) => \(octal(after.mode))"
                case .owner: "owner \(before.userID):\(before.groupID) => \(after.userID):\(after.groupID)"
                case .content: "content\(sizes(change))"
                case .kind: "\(before.kind.word) => \(after.kind.word)"
                case .link: "link \(FileLine.shown(before.link ?? [])) => \(FileLine.shown(after.link ?? []))"
                case .attributes: "extended attributes"
                }
            }
            let tail = remark.map { " \($0)" } ?? ""
            return "~ \(FileLine.shown(change.path)): \(aspects.joined(separator: ", "))\(tail)"
        case (nil, nil): return ""
        }
    }

    private static func sizes(_ change: FileChange) -> String {
        guard let before = change.contentBefore, let after = change.contentAfter else { return "" }
        return " (\(before.size) => \(after.size) bytes)"
    }

    private static func octal(_ mode: UInt32) -> String {
        "0" + String(mode, radix: 8)
    }

    /// One file that differs.
    package static func json(_ change: FileChange) -> JSONValue {
        let word = change.before == nil ? "added" : change.after == nil ? "removed" : "changed"
        let aspects = FileChange.Aspect.allCases.filter(change.aspects.contains).map { JSONValue($0.rawValue) }
        return [
            "change": JSONValue(word),
            "aspects": .array(aspects),
            "marks": .array(change.marks.map { JSONValue($0.rawValue) }),
            "a": change.before.map { FileJSON.entry($0, content: change.contentBefore) } ?? .null,
            "b": change.after.map { FileJSON.entry($0, content: change.contentAfter) } ?? .null,
        ]
    }
}
