internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Presentation
internal import Report
internal import StrictJSON

/// Writes the files of images, a member at a time: an image may have a million of them.
struct FilesPage {
    /// Which members are listed.
    enum Selection: Equatable {
        /// What a container sees.
        case visible
        /// What it no longer sees.
        case lost
        /// Each layer's own members.
        case layers
    }

    let session: Session
    let format: FormatOption.Format
    let selection: Selection
    let pattern: PathPattern?
    let showsDigest: Bool
    private let output: BufferedOutput
    /// How many members were written.
    private(set) var count = 0
    /// What could not be listed.
    private(set) var gaps: [String] = []
    /// What other tools would unpack elsewhere.
    private(set) var notes: [String] = []

    init(
        _ session: Session,
        _ format: FormatOption.Format,
        _ selection: Selection,
        _ pattern: PathPattern?,
        showsDigest: Bool
    ) {
        self.session = session
        self.format = format
        self.selection = selection
        self.pattern = pattern
        self.showsDigest = showsDigest
        output = BufferedOutput(session)
    }

    /// Writes the whole page.
    mutating func write(_ images: [PlatformManifest], _ reader: CaseReader) throws {
        if format == .json {
            output.write("{\n  \"schema\": \"\(Document.schema("files"))\",\n  \"images\": [")
        }
        for (index, image) in images.enumerated() {
            let stack = try ImageStack(of: image.digest, in: reader)
            gaps += stack.gaps
            if stack.layers.isEmpty { gaps.append("\(image.digest): its layers are not known") }
            let view = selection == .layers ? nil : try MergedView(stack, in: reader)
            let links = try view.map { try ReplacedLinkText.lines($0, reader) } ?? []
            notes += links
            begin(image, stack, links, isFirst: index == 0, isOnly: images.count == 1)
            if let view { try writeMerged(view, stack, reader) } else { try writeLayers(stack, reader) }
            if format == .json { output.write("\n    ]}") }
        }
        if format == .json { output.write("\n  ]\n}\n") }
        output.flush()
    }

    private func begin(_ image: PlatformManifest, _ stack: ImageStack, _ links: [String], isFirst: Bool, isOnly: Bool) {
        switch format {
        case .text:
            guard !isOnly else { return }
            let platform = image.platform.map { EscapedText($0, limit: 100).text + "  " } ?? ""
            output.write((isFirst ? "" : "\n") + "\(platform)\(image.digest)\n")
        case .json:
            let heading: JSONValue = [
                "image": JSONValue("\(image.digest)"), "platform": JSONValue(image.platform),
                "layers": .array(stack.layers.map { FileJSON.layer($0) }),
                "gaps": .array(stack.gaps.map { JSONValue($0) }), "replacedLinks": .array(links.map { JSONValue($0) }),
            ]
            output.write((isFirst ? "\n    " : ",\n    ") + heading.compact.dropLast() + ",\"files\": [")
        }
    }

    // MARK: - Merged

    private mutating func writeMerged(_ view: MergedView, _ stack: ImageStack, _ reader: CaseReader) throws {
        let selected: (FileFate) -> Bool = selection == .lost ? { $0.isLost } : { $0 == .visible }
        var isFirst = true
        try view.forEach(selected) { file in
            guard pattern?.matches(file.path) ?? true, let entry = try reader.fileEntry(id: file.id) else { return }
            let source = try file.source.flatMap { try reader.fileEntry(id: $0) }
            let content = entry.content ?? source?.content
            count += 1
            switch format {
            case .text:
                let layer = stack.layers[file.layer]
                let ended = file.endedBy.map { stack.layers[$0].number }
                let remark = "layer \(layer.number), \(file.fate.remark(by: ended)) "
                let shown = selection == .lost ? remark : nil
                let line = FileLine.text(entry, showsDigest: showsDigest, content: content, remark: shown)
                output.write(line + "\n")
            case .json:
                let value = FileJSON.entry(entry, content: content, FileJSON.fate(file, stack))
                output.write((isFirst ? "\n      " : ",\n      ") + value.compact)
            }
            isFirst = false
        }
    }

    // MARK: - Layer by layer

    private mutating func writeLayers(_ stack: ImageStack, _ reader: CaseReader) throws {
        var isFirst = true
        for layer in stack.layers {
            if format == .text {
                output.write("layer \(layer.number)  \(layer.digest)\(FindText.step(layer.step))\n")
            }
            guard let stored = layer.stored else { continue }
            try reader.forEachEntry(ofLayer: stored.id) { member in
                guard pattern?.matches(member.entry.path) ?? true else { return }
                count += 1
                write(member, of: layer, isFirst: isFirst)
                isFirst = false
            }
        }
    }

    private func write(_ member: StoredFileEntry, of layer: StackedLayer, isFirst: Bool) {
        let entry = member.entry
        let marker = FileFate(markerAt: entry.path)
        switch format {
        case .text:
            let remark = marker.map { "[\($0.remark(by: nil))]" }
            let line = FileLine.text(entry, showsDigest: showsDigest, content: entry.content, remark: remark)
            output.write("  \(line)\n")
        case .json:
            let more = [
                ("layer", JSONValue(layer.number)), ("position", JSONValue(member.position)),
                ("marker", JSONValue(marker?.rawValue)),
            ]
            let value = FileJSON.entry(entry, content: entry.content, more)
            output.write((isFirst ? "\n      " : ",\n      ") + value.compact)
        }
    }
}

/// Collects small writes into large ones.
final class BufferedOutput {
    private let session: Session
    private var waiting = ""

    init(_ session: Session) {
        self.session = session
    }

    func write(_ text: String) {
        waiting += text
        if waiting.utf8.count > 1 << 16 { flush() }
    }

    func flush() {
        session.write(waiting)
        waiting = ""
    }
}
