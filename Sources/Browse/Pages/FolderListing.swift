internal import CaseIndex
internal import Filesystem
internal import Report
internal import StrictJSON

/// One page of files: of one folder of an image, or of one layer.
struct FolderListing {
    /// A folder with what is below it.
    struct Folder {
        /// Its name.
        let path: [UInt8]
        /// Its path from the root.
        let whole: [UInt8]
        let count: Int
    }

    /// A file with what became of it.
    struct File {
        let name: [UInt8]
        let entry: FileEntryRecord
        let content: FileContentRecord?
        let remark: String
        let more: [(String, JSONValue)]
    }

    static let pageSize = 200

    private(set) var folders: [Folder] = []
    private(set) var files: [File] = []
    private(set) var total = 0
    let number: Int
    let folder: [UInt8]
    let isTree: Bool
    private(set) var words = ""

    init(_ stack: ImageStack, _ request: PageRequest, _ reader: CaseReader) throws {
        number = try request.number("page", in: 1...1_000_000, otherwise: 1)
        folder = Array((request.value("path") ?? "").utf8)
        isTree = request.value("layer") == nil
        if let text = request.value("layer") {
            guard let layer = stack.layers.first(where: { "\($0.number)" == text }) else {
                throw BrowseError.badParameter(name: "layer", reason: "the number of a layer")
            }
            try readLayer(layer, reader)
        } else {
            let view = request.value("view") ?? "visible"
            guard view == "visible" || view == "lost" else {
                throw BrowseError.badParameter(name: "view", reason: "visible or lost")
            }
            try readTree(stack, isLost: view == "lost", reader)
        }
    }

    private mutating func readLayer(_ layer: StackedLayer, _ reader: CaseReader) throws {
        words = "Every member of layer \(layer.number), in the order of its archive\(FindText.step(layer.step))"
        guard let stored = layer.stored else { return }
        total = Int(clamping: stored.entries)
        let first = (number - 1) * Self.pageSize
        for position in first..<min(first + Self.pageSize, max(total, first)) {
            guard let member = try reader.entry(ofLayer: stored.id, position: Int64(position)) else { continue }
            let marker = FileFate(markerAt: member.entry.path)
            files.append(
                File(
                    name: member.entry.path,
                    entry: member.entry,
                    content: member.entry.content,
                    remark: marker.map { $0.remark(by: nil) } ?? "",
                    more: [("position", JSONValue(member.position)), ("marker", JSONValue(marker?.rawValue))]
                )
            )
        }
    }

    private mutating func readTree(_ stack: ImageStack, isLost: Bool, _ reader: CaseReader) throws {
        words =
            isLost
            ? "What later layers deleted, overwrote or hid; its bytes are still in the image."
            : "What a container of this image sees."
        let slash = UInt8(ascii: "/")
        let beginning = folder.isEmpty ? [] : folder + [slash]
        var found: [(name: [UInt8], file: ViewedFile)] = []
        var counts: [[UInt8]: Int] = [:]
        try MergedView(stack, in: reader).forEach(isLost ? { $0.isLost } : { $0 == .visible }) { file in
            guard file.path.starts(with: beginning), file.path.count > beginning.count else { return }
            let rest = file.path.dropFirst(beginning.count)
            if let end = rest.firstIndex(of: slash) {
                counts[Array(rest[..<end]), default: 0] += 1
            } else if file.kind == .directory, !isLost {
                counts[Array(rest), default: 0] += 0
            } else {
                found.append((Array(rest), file))
            }
        }
        let names = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
        found.sort { $0.name.lexicographicallyPrecedes($1.name) }
        total = names.count + found.count
        let first = (number - 1) * Self.pageSize
        folders = names.dropFirst(first).prefix(Self.pageSize).map {
            Folder(path: $0, whole: beginning + $0, count: counts[$0] ?? 0)
        }
        let room = Self.pageSize - folders.count
        for (name, file) in found.dropFirst(max(0, first - names.count)).prefix(room) {
            guard let entry = try reader.fileEntry(id: file.id) else { continue }
            let source = try file.source.flatMap { try reader.fileEntry(id: $0) }
            let layer = stack.layers[file.layer].number
            let remark = isLost ? file.fate.remark(by: file.endedBy.map { stack.layers[$0].number }) : ""
            files.append(
                File(
                    name: name,
                    entry: entry,
                    content: entry.content ?? source?.content,
                    remark: "layer \(layer)\(remark.isEmpty ? "" : ", \(remark)")",
                    more: FileJSON.fate(file, stack)
                )
            )
        }
    }
}
