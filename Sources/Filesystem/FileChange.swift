package import CaseIndex

/// One file that is not the same in two images.
package struct FileChange: Hashable, Sendable {
    /// The path.
    package let path: [UInt8]
    /// The file of the first image; nil when it has none there.
    package let before: FileEntryRecord?
    /// The file of the second image; nil when it has none there.
    package let after: FileEntryRecord?
    /// The content of the first, for a hard link that of the file it leads to.
    package let contentBefore: FileContentRecord?
    /// The content of the second.
    package let contentAfter: FileContentRecord?

    /// What is another: nothing but the time is no change.
    package var aspects: Set<Aspect> {
        guard let before, let after else { return [] }
        var aspects: Set<Aspect> = []
        if before.kind.isFile != after.kind.isFile || !before.kind.isFile && before.kind != after.kind {
            aspects.insert(.kind)
        }
        if before.mode != after.mode { aspects.insert(.mode) }
        if before.userID != after.userID || before.groupID != after.groupID { aspects.insert(.owner) }
        if contentBefore != contentAfter { aspects.insert(.content) }
        if before.kind == .symbolicLink, after.kind == .symbolicLink, before.link != after.link {
            aspects.insert(.link)
        }
        if Self.attributes(before) != Self.attributes(after) { aspects.insert(.attributes) }
        return aspects
    }

    /// What of a file can change.
    package enum Aspect: String, Hashable, Sendable, CaseIterable {
        case kind, mode, owner, content, link
        /// Extended attributes (capabilities among them), or the numbers of a device.
        case attributes
    }

    /// What an investigator looks at first.
    package var marks: [Mark] {
        guard let after, after.kind.isFile else { return [] }
        var marks: [Mark] = []
        let gained = after.mode & ~(before?.kind.isFile == true ? before?.mode ?? 0 : 0)
        if gained & 0o4000 != 0 { marks.append(.setUserID) }
        if gained & 0o2000 != 0 { marks.append(.setGroupID) }
        let isNew = before == nil || aspects.contains(.content) || gained & 0o111 != 0
        if isNew, after.mode & 0o111 != 0 { marks.append(.executable) }
        if isNew, Self.isLibrary(path) { marks.append(.library) }
        return marks
    }

    /// Something about a new file that makes it worth looking at; told by mode and name alone.
    package enum Mark: String, Hashable, Sendable, CaseIterable {
        case setUserID = "gains set-user-ID"
        case setGroupID = "gains set-group-ID"
        case executable
        case library
    }

    private static func isLibrary(_ path: [UInt8]) -> Bool {
        let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
        let mark = Array(".so".utf8)
        guard name.count > mark.count else { return false }
        if name.suffix(mark.count).elementsEqual(mark) { return true }
        return name.indices.contains { name[$0...].starts(with: Array(".so.".utf8)) }
    }

    private static func attributes(_ entry: FileEntryRecord) -> [FileDetailRecord] {
        entry.details.filter { $0.name.utf8.starts(with: "xattr:".utf8) || $0.name.utf8.elementsEqual("device".utf8) }
    }

    // MARK: - Comparing

    /// Hands every file that differs to `body`, in the order of the views.
    ///
    /// - Throws: ``CaseError``, and what `body` throws.
    package static func forEach(
        _ first: MergedView,
        _ second: MergedView,
        _ reader: CaseReader,
        _ body: (FileChange) throws -> Void
    ) throws {
        let numbers = (first.visibleNumbers(), second.visibleNumbers())
        var positions = (0, 0)
        while positions.0 < numbers.0.count || positions.1 < numbers.1.count {
            let left = positions.0 < numbers.0.count ? first.viewed(numbers.0[positions.0]) : nil
            let right = positions.1 < numbers.1.count ? second.viewed(numbers.1[positions.1]) : nil
            let order = order(left?.path, right?.path)
            if order <= 0 { positions.0 += 1 }
            if order >= 0 { positions.1 += 1 }
            // The same row of a shared layer.
            if order == 0, left?.id == right?.id, left?.source == right?.source { continue }
            let change = FileChange(
                path: (order <= 0 ? left : right)?.path ?? [],
                before: order <= 0 ? try left.flatMap { try reader.fileEntry(id: $0.id) } : nil,
                after: order >= 0 ? try right.flatMap { try reader.fileEntry(id: $0.id) } : nil,
                contentBefore: order <= 0 ? try content(left, reader) : nil,
                contentAfter: order >= 0 ? try content(right, reader) : nil
            )
            if change.before == nil || change.after == nil || !change.aspects.isEmpty { try body(change) }
        }
    }

    private static func content(_ file: ViewedFile?, _ reader: CaseReader) throws -> FileContentRecord? {
        guard let file else { return nil }
        return try reader.fileEntry(id: file.source ?? file.id)?.content
    }

    /// The order of paths in views: a slash comes before every other byte.
    private static func order(_ left: [UInt8]?, _ right: [UInt8]?) -> Int {
        guard let left else { return 1 }
        guard let right else { return -1 }
        let slash = UInt8(ascii: "/")
        for (one, other) in zip(left, right) where one != other {
            if one == slash { return -1 }
            if other == slash { return 1 }
            return one < other ? -1 : 1
        }
        return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
    }
}

extension FileKind {
    /// Whether it has content: hard links are files.
    var isFile: Bool { self == .file || self == .hardLink }
}
