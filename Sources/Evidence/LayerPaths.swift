internal import Archive
internal import CaseIndex

/// Where a container runtime puts the members of one layer, told member by member in the order of the archive.
///
/// containerd applies a layer to a folder of its own, as Docker does (`archive/tar.go`, `applyNaive`): a path is made
/// lexically clean, symbolic links above its last name are followed as far as this layer made them, never out of that
/// folder, and what is there already gives way unless both are folders. Links of lower layers are not seen there.
///
/// Paths are kept as hashes, about 20 bytes each; only those of symbolic links are kept themselves.
struct LayerPaths {
    /// What is odd about paths, each with how often and the first few.
    private(set) var remarks: [LayerPathRemark: LayerPathRemarks] = [:]
    /// Symbolic links that are not followed, since there are too many.
    private(set) var unfollowedLinks: Int64 = 0

    private var kinds: [Int: Kind] = [:]
    private var links: [[UInt8]: [UInt8]] = [:]
    private var linkBytes = 0
    private var names = ComparedNames()
    /// The folder of the last member, and where it leads: members come folder by folder.
    private var last: (folder: [UInt8], place: Folder)?

    private enum Kind: UInt8 {
        case folder, link, other
    }

    /// A folder with every link on the way to it followed.
    private struct Folder {
        var path: [UInt8] = []
        var hasher = Hasher()
        var isThroughLink = false
        var isBlocked = false
        var isOutside = false
    }

    private static let slash = UInt8(ascii: "/")
    /// Links on the way to one folder, as many as Linux follows (`MAXSYMLINKS`).
    private static let followedLinks = 40
    /// Names that are looked at on the way to one folder.
    private static let followedNames = 100_000
    /// Bytes of the links that are remembered, with what each takes beside its bytes.
    private static let rememberedBytes = 64 << 20
    private static let bytesBesideLink = 128

    /// Takes the next member.
    ///
    /// - Parameters:
    ///   - path: Its path, without empty and `.` components.
    ///   - kind: What it is.
    ///   - link: Where it leads, when it is a symbolic link.
    /// - Returns: Where it ends up.
    mutating func place(_ path: [UInt8], _ kind: FileKind, link: [UInt8]?) -> [UInt8] {
        let start = path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        let name = path[start...]
        // A last name of `..` names a folder above.
        let isUp = name.elementsEqual("..".utf8)
        let folder = resolve(isUp ? path[...] : path[..<max(0, start - 1)])
        var place = folder.path
        if !isUp, !name.isEmpty {
            if !place.isEmpty { place.append(Self.slash) }
            place += name
        }
        note(folder, path, place, name)
        guard !place.isEmpty, !folder.isBlocked else { return place }
        var hasher = folder.hasher
        if !isUp { Self.add(name, to: &hasher) }
        put(place, hasher.finalize(), kind, link)
        return place
    }

    /// Where a hard link leads: links above the last name of its target are followed as for a member.
    mutating func target(_ path: [UInt8], of member: [UInt8]) -> [UInt8] {
        let start = path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        let folder = resolve(path[..<max(0, start - 1)])
        if folder.isOutside || path[start...].elementsEqual("..".utf8) {
            remark(.linkOutside, "\(LayerPathRemarks.shown(member)) = \(LayerPathRemarks.shown(path))")
        }
        return folder.path.isEmpty ? Array(path[start...]) : folder.path + [Self.slash] + path[start...]
    }

    private mutating func note(_ folder: Folder, _ path: [UInt8], _ place: [UInt8], _ name: ArraySlice<UInt8>) {
        let shown = LayerPathRemarks.shown(path)
        if folder.isOutside {
            remark(.outside, "\(shown) ends up at \(LayerPathRemarks.shown(place))")
        } else if folder.isThroughLink {
            remark(.throughLink, "\(shown) ends up at \(LayerPathRemarks.shown(place))")
        }
        if folder.isBlocked { remark(.belowFile, shown) }
        if names.isCollision(place) { remark(.collision, shown) }
    }

    private mutating func remark(_ kind: LayerPathRemark, _ example: @autoclosure () -> String) {
        remarks[kind, default: LayerPathRemarks()].add(example())
    }

    // MARK: - What is there

    private mutating func put(_ path: [UInt8], _ hash: Int, _ kind: FileKind, _ link: [UInt8]?) {
        let new: Kind = kind == .directory ? .folder : kind == .symbolicLink ? .link : .other
        let before = kinds.updateValue(new, forKey: hash)
        if let before, before != .folder || new != .folder { remark(.repeated, LayerPathRemarks.shown(path)) }
        if before == .link { links[path] = nil }
        if before == .folder, new != .folder { forgetLinks(below: path) }
        if let place = last?.place, before != new, place.isThroughLink || place.path.starts(with: path) { last = nil }
        guard new == .link, let link else { return }
        let cost = path.count + link.count + Self.bytesBesideLink
        guard linkBytes + cost <= Self.rememberedBytes else {
            unfollowedLinks += 1
            kinds[hash] = .folder
            return
        }
        linkBytes += cost
        links[path] = link
    }

    /// A folder that became something else has nothing in it any more.
    private mutating func forgetLinks(below path: [UInt8]) {
        guard !links.isEmpty else { return }
        let prefix = path + [Self.slash]
        links = links.filter { !$0.key.starts(with: prefix) }
    }

    // MARK: - Folders

    private mutating func resolve(_ folder: ArraySlice<UInt8>) -> Folder {
        if let last, last.folder.elementsEqual(folder) { return last.place }
        let place = walk(folder)
        last = (Array(folder), place)
        return place
    }

    private func walk(_ folder: ArraySlice<UInt8>) -> Folder {
        var place = Folder()
        // The place at each depth, so that `..` goes back.
        var above: [(count: Int, hasher: Hasher)] = []
        var rest = Array(Self.cleaned(folder, &place.isOutside).reversed())
        var (followed, seen) = (0, 0)
        while let name = rest.popLast() {
            seen += 1
            guard seen <= Self.followedNames else { return Folder(path: Array(folder), isBlocked: true) }
            if name.elementsEqual("..".utf8) {
                guard let back = above.popLast() else { continue }
                place.path.removeLast(place.path.count - back.count)
                place.hasher = back.hasher
                continue
            }
            let here = (count: place.path.count, hasher: place.hasher)
            if !place.path.isEmpty { place.path.append(Self.slash) }
            place.path += name
            Self.add(name, to: &place.hasher)
            let hasher = place.hasher
            let kind = kinds[hasher.finalize()]
            if kind == .link, let target = links[place.path], followed < Self.followedLinks {
                followed += 1
                place.isThroughLink = true
                rest += MemberPath.components(target).reversed()
                if target.first == Self.slash {
                    above = []
                    place.path = []
                    place.hasher = Hasher()
                } else {
                    place.path.removeLast(place.path.count - here.count)
                    place.hasher = here.hasher
                }
                continue
            }
            if kind == .other || kind == .link { place.isBlocked = true }
            above.append(here)
        }
        return place
    }

    /// The names of a path with each `..` taken together with the name before it, as `filepath.Clean` does.
    private static func cleaned(_ path: ArraySlice<UInt8>, _ isOutside: inout Bool) -> [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        for name in path.split(separator: slash) {
            guard name.elementsEqual("..".utf8) else {
                names.append(name)
                continue
            }
            if names.popLast() == nil { isOutside = true }
        }
        return names
    }

    private static func add(_ name: ArraySlice<UInt8>, to hasher: inout Hasher) {
        hasher.combine(name.count)
        name.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
