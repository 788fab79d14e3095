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
                section.rawValue, DiffText.json(change, text)
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
        members.append((section.rawValue, DiffText.json(changes)))
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
            output.write("  \(DiffText.line(change))\n")
        case .json:
            output.write((files == 1 ? "\n  " : ",\n  ") + DiffText.json(change).compact)
        }
    }

    /// Ends the page.
    func finish() {
        if format == .json { output.write(sections.contains(.files) ? "\n]}\n" : "}\n") }
        output.flush()
    }
}

/// A part of the comparison.
enum DiffSection: String, CaseIterable, Hashable {
    case layers, configuration, labels, history, provenance, files
}
