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
            for place in writings.indices { try writings[place].placeBlobs() }
            for place in writings.indices { try writings[place].synchroniseFolders() }
            for place in writings.indices { try writings[place].writeIndex() }
            for place in writings.indices { try writings[place].placeIndex() }
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
