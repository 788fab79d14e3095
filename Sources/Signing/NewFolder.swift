internal import Glibc

/// Makes a folder that appears whole, or not at all.
enum NewFolder {
    /// Fills a folder under another name beside its final place, and renames it.
    ///
    /// - Throws: ``AuthorityError/alreadyThere(path:)`` when something has the name that is not an empty folder, and
    ///   what `fill` throws; nothing is left then.
    static func make(_ path: String, _ fill: (Folder) throws -> Void) throws {
        var bare = path
        while bare.utf8.count > 1, bare.utf8.last == UInt8(ascii: "/") { bare.removeLast() }
        guard access(bare, F_OK) != 0 || rmdir(bare) == 0 else { throw AuthorityError.alreadyThere(path: path) }
        let working = "\(bare).raireki-\(getpid())"
        let folder = try Folder(creating: working, mode: 0o700)
        do {
            try fill(folder)
            try folder.synchronise()
            guard Glibc.rename(working, bare) == 0 else {
                throw errno == ENOTEMPTY || errno == EEXIST
                    ? AuthorityError.alreadyThere(path: path)
                    : AuthorityError.storage(.cannotWrite(path: path, code: errno))
            }
        } catch {
            folder.empty()
            rmdir(working)
            throw error
        }
    }
}

extension Folder {
    /// Takes away everything in it.
    func empty() {
        for name in (try? names()) ?? [] {
            if let inner = try? folder(name) {
                inner.empty()
                unlinkat(descriptor, name, AT_REMOVEDIR)
            } else {
                remove(name)
            }
        }
    }
}
