internal import Glibc

extension LayoutFolder {
    /// Writes everything that was added and listed.
    ///
    /// - Throws: ``LayoutError``; the layout is then as it was.
    package mutating func commit() throws(LayoutError) {
        var layouts = [self]
        try Self.commit(&layouts)
        if let first = layouts.first { self = first }
    }

    /// Writes everything that was added to several layouts, which is much faster than one after the other: a disk is
    /// asked for many things at once.
    ///
    /// - Throws: ``LayoutError``; each layout is then as it was, or whole.
    package static func commit(_ layouts: inout [LayoutFolder]) throws(LayoutError) {
        var writings = layouts.map { LayoutWriting($0) }
        do throws(LayoutError) {
            for place in writings.indices { try writings[place].writeBlobs() }
            let disk = DiskBarrier(writings, layouts.map(\.folder))
            try disk.wait(writings) { writing throws(LayoutError) in try writing.synchroniseBlobs() }
            for place in writings.indices { try writings[place].placeBlobs() }
            for place in writings.indices { try writings[place].writeIndex() }
            try disk.wait(writings) { writing throws(LayoutError) in try writing.synchroniseIndex() }
            for place in writings.indices { try writings[place].placeIndex() }
            try disk.wait(writings) { writing throws(LayoutError) in try writing.synchroniseFolder() }
            for place in writings.indices { try writings[place].finish() }
        } catch {
            for writing in writings { writing.undo() }
            throw error
        }
        for place in layouts.indices { layouts[place].forgetChanges() }
    }

    private mutating func forgetChanges() {
        (added, copied, discarded) = ([:], [:], [])
    }
}

extension LayoutFolder {
    /// Changes a layout, or makes one that appears whole.
    ///
    /// - Throws: ``LayoutError``; nothing is changed or left then.
    package static func adding<Result>(
        to path: String,
        _ change: (inout LayoutFolder) throws(LayoutError) -> Result
    ) throws(LayoutError) -> Result {
        guard access(path, F_OK) != 0 else {
            var layout = try LayoutFolder(opening: path)
            let result = try change(&layout)
            try layout.commit()
            return result
        }
        var bare = path
        while bare.utf8.count > 1, bare.utf8.last == UInt8(ascii: "/") { bare.removeLast() }
        let working = "\(bare).raireki-\(getpid())"
        var layout = try LayoutFolder(creating: working)
        do throws(LayoutError) {
            let result = try change(&layout)
            try layout.commit()
            guard rename(working, bare) == 0 else { throw .storage(.cannotWrite(path: path, code: errno)) }
            return result
        } catch {
            layout.folder.empty()
            rmdir(working)
            throw error
        }
    }
}

/// Waits until what was written is on the disk: file by file, or, for many files, whole file systems at once, which takes
/// a small part of the time.
private struct DiskBarrier {
    private let folders: [Folder]
    private let isForMany: Bool

    /// So few files are faster one by one: others may have written much to the same file system.
    private static let fewFiles = 16

    init(_ writings: [LayoutWriting], _ folders: [Folder]) {
        self.folders = folders
        isForMany = writings.reduce(0) { $0 + $1.fileCount } > Self.fewFiles
    }

    func wait(
        _ writings: [LayoutWriting],
        _ each: (LayoutWriting) throws(LayoutError) -> Void
    ) throws(LayoutError) {
        guard isForMany else {
            for writing in writings { try each(writing) }
            return
        }
        var seen: Set<UInt64> = []
        do throws(StorageError) {
            for folder in folders where seen.insert(folder.device).inserted { try folder.synchroniseFileSystem() }
        } catch {
            throw .storage(error)
        }
    }
}
