package import CaseIndex
internal import Cryptography
package import Filesystem
internal import Presentation

/// One member of a layer on one line, in the manner of `ls -l`.
package enum FileLine {
    /// The line, without its end.
    ///
    /// - Parameters:
    ///   - entry: The member.
    ///   - showsDigest: Whether the SHA-256 of the content is shown.
    ///   - content: Its content; for a hard link that of the member it leads to.
    ///   - remark: What is to be said of it, before the path.
    /// - Returns: Safe text.
    package static func text(
        _ entry: FileEntryRecord,
        showsDigest: Bool,
        content: FileContentRecord?,
        remark: String? = nil
    ) -> String {
        var columns = [
            mode(entry), padded("\(entry.userID):\(entry.groupID)", 9), aligned(size(entry, content), 10),
            time(entry.modified),
        ]
        if showsDigest { columns.append(padded(content.map { Hexadecimal.encode($0.digest) } ?? "-", 64)) }
        if let remark { columns.append(remark) }
        if let capabilities = FileCapabilities.text(entry) { columns.append("[\(capabilities)]") }
        columns.append(path(entry))
        return columns.joined(separator: "  ")
    }

    /// The path with where it leads.
    private static func path(_ entry: FileEntryRecord) -> String {
        let path = entry.path.isEmpty ? "." : shown(entry.path)
        guard let link = entry.link else { return path }
        return entry.kind == .hardLink ? "\(path) = \(shown(link))" : "\(path) -> \(shown(link))"
    }

    /// A path from evidence, safe to show.
    package static func shown(_ path: [UInt8]) -> String {
        EscapedText(path, limit: TextCell.limit).text
    }

    /// The letters of kind and permissions, with set-user-ID, set-group-ID and sticky bit (POSIX, `ls -l`).
    package static func mode(_ entry: FileEntryRecord) -> String {
        let bits = entry.mode
        func triple(_ shift: UInt32, _ special: UInt32, _ letter: String) -> String {
            let own = bits >> shift
            let isSpecial = bits & special != 0
            let execute = own & 1 != 0
            let last = isSpecial ? (execute ? letter : letter.uppercased()) : (execute ? "x" : "-")
            return (own & 4 != 0 ? "r" : "-") + (own & 2 != 0 ? "w" : "-") + last
        }
        return entry.kind.letter + triple(6, 0o4000, "s") + triple(3, 0o2000, "s") + triple(0, 0o1000, "t")
    }

    private static func size(_ entry: FileEntryRecord, _ content: FileContentRecord?) -> String {
        if let content { return "\(content.size)" }
        if let device = entry.details.first(where: { $0.name.utf8.elementsEqual("device".utf8) }) {
            return EscapedText(device.value, limit: 40).text
        }
        return entry.kind == .file ? "?" : "-"
    }

    /// The time in RFC 3339 where the year has four digits, else in seconds since 1970.
    package static func time(_ seconds: Int64) -> String {
        (Self.firstSecond...Self.lastSecond).contains(seconds) ? "\(Timestamp(seconds: seconds))" : "@\(seconds)"
    }

    private static let firstSecond: Int64 = -62_135_596_800
    private static let lastSecond: Int64 = 253_402_300_799

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}

extension FileFate {
    /// What is said of a member in a list, with the layer that did it.
    package func remark(by layer: Int?) -> String {
        let place = layer.map { " by layer \($0)" } ?? ""
        return switch self {
        case .visible: "visible"
        case .overwritten: "overwritten\(place)"
        case .restated: "stated again\(place)"
        case .deleted: "deleted\(place)"
        case .hiddenByOpaque: "hidden by an opaque marker\(layer.map { " of layer \($0)" } ?? "")"
        case .hiddenByAncestor: "hidden\(place): a folder above is no folder any more"
        case .repeated: "repeated in its own layer"
        case .misplaced: "below something that is no folder"
        case .whiteout: "whiteout"
        case .opaqueMarker: "opaque marker"
        case .unionMetadata: "AUFS's own"
        }
    }
}
