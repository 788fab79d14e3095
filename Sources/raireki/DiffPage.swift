internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Presentation
internal import Report
internal import StrictJSON

/// Writes the differences of two images, the files one by one.
struct DiffPage {
    private let session: Session
    private let format: FormatOption.Format
    private let sections: Set<DiffSection>
    private let output: BufferedOutput
    /// How many differences there were.
    private(set) var count = 0
    private var members: [(String, JSONValue)] = []

    init(_ session: Session, _ format: FormatOption.Format, _ sections: Set<DiffSection>) {
        self.session = session
        self.format = format
        self.sections = sections
        output = BufferedOutput(session)
    }

    /// Writes all sections but the files.
    mutating func write(_ first: ImageSettings, _ second: ImageSettings, _ images: [(Digest, [String])]) {
        let sides = images.map { image -> JSONValue in
            ["image": JSONValue("\(image.0)"), "names": .array(image.1.map { JSONValue($0) })]
        }
        members = [("schema", JSONValue(Document.schema("diff"))), ("a", sides[0]), ("b", sides[1])]
        list(.layers, first.layerChange(to: second)) { "\($0)" }
        table(.configuration, first.configurationChanges(to: second))
        table(.labels, first.labelChanges(to: second))
        list(.history, first.historyChange(to: second)) { $0 }
        table(.provenance, first.provenanceChanges(to: second))
        guard format == .json else { return }
        let head = JSONValue.object(JSONObject(members)).compact.dropLast()
        output.write(head + (sections.contains(.files) ? ",\n\"files\": [" : ""))
    }

    private mutating func list<Element>(
        _ section: DiffSection,
        _ change: ListChange<Element>,
        _ text: (Element) -> String
    ) {
        guard sections.contains(section) else { return }
        count += change.before.count + change.after.count
        members.append(
            (
                section.rawValue,
                [
                    "shared": JSONValue(change.shared),
                    "removed": .array(change.before.map { JSONValue(text($0)) }),
                    "added": .array(change.after.map { JSONValue(text($0)) }),
                ]
            )
        )
        guard format == .text, !change.isEmpty else { return }
        output.write("\(section.rawValue): \(change.shared) shared, from the first on\n")
        for element in change.before { output.write("  - \(shown(text(element)))\n") }
        for element in change.after { output.write("  + \(shown(text(element)))\n") }
    }

    private mutating func table(_ section: DiffSection, _ changes: [SettingChange]) {
        guard sections.contains(section) else { return }
        count += changes.count
        let values = changes.map { change -> JSONValue in
            ["name": JSONValue(change.name), "a": JSONValue(change.before), "b": JSONValue(change.after)]
        }
        members.append((section.rawValue, .array(values)))
        guard format == .text, !changes.isEmpty else { return }
        output.write("\(section.rawValue):\n")
        for change in changes {
            let name = shown(change.name)
            switch (change.before, change.after) {
            case (let before?, let after?): output.write("  ~ \(name): \(shown(before)) => \(shown(after))\n")
            case (let before?, nil): output.write("  - \(name): \(shown(before))\n")
            case (nil, let after?): output.write("  + \(name): \(shown(after))\n")
            case (nil, nil): continue
            }
        }
    }

    private func shown(_ text: String) -> String {
        EscapedText(text, limit: 1_000).text
    }

    // MARK: - Files

    private var files = 0

    /// Writes one file that differs.
    mutating func write(_ change: FileChange) {
        count += 1
        files += 1
        switch format {
        case .text:
            if files == 1 { output.write("files:\n") }
            output.write("  \(Self.line(change))\n")
        case .json:
            output.write((files == 1 ? "\n  " : ",\n  ") + Self.json(change).compact)
        }
    }

    /// Ends the page.
    func finish() {
        if format == .json { output.write(sections.contains(.files) ? "\n]}\n" : "}\n") }
        output.flush()
    }

    private static func line(_ change: FileChange) -> String {
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

    private static func json(_ change: FileChange) -> JSONValue {
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

/// A part of the comparison.
enum DiffSection: String, CaseIterable, Hashable {
    case layers, configuration, labels, history, provenance, files
}
