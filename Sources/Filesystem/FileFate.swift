/// What became of one member of a layer once all layers of an image lie on top of each other.
///
/// Whiteouts and opaque markers are those of the OCI image-spec ("Image Layer Filesystem Changeset", Whiteouts): they
/// act on lower layers only, wherever in their own layer they stand.
package enum FileFate: String, Hashable, Sendable, CaseIterable {
    /// It is what a container sees.
    case visible
    /// A later layer has another member at its path.
    case overwritten
    /// A folder that a later layer states again; what is in it stays.
    case restated
    /// A later layer has a whiteout for it, or for a folder above it.
    case deleted
    /// A later layer has an opaque marker in a folder above it.
    case hiddenByOpaque = "hidden-by-opaque"
    /// A folder above it became something that is no folder.
    case hiddenByAncestor = "hidden-by-ancestor"
    /// The same layer has its path again, further behind; the later one counts.
    case repeated
    /// It lies below a path at which its own layer has something that is no folder.
    case misplaced
    /// It is a whiteout.
    case whiteout
    /// It is an opaque marker.
    case opaqueMarker = "opaque-marker"
    /// It belongs to AUFS itself and is nothing that a container sees (`.wh..wh.plnk` and the like).
    case unionMetadata = "union-metadata"

    /// What a member is that only acts on others; nil for an ordinary one.
    package init?(markerAt path: [UInt8]) {
        let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
        guard let whiteout = Whiteout(name) else { return nil }
        self = whiteout.fate
    }

    /// Fates for which people have the same word.
    package enum Group: String, Hashable, Sendable, CaseIterable {
        case visible, shadowed, deleted, marker
    }

    /// The word for people.
    package var group: Group {
        switch self {
        case .visible: .visible
        case .overwritten, .restated, .hiddenByAncestor, .repeated, .misplaced: .shadowed
        case .deleted, .hiddenByOpaque: .deleted
        case .whiteout, .opaqueMarker, .unionMetadata: .marker
        }
    }

    /// Whether a container no longer sees what is in it.
    package var isLost: Bool {
        (group == .shadowed || group == .deleted) && self != .restated
    }
}

/// The names by which layers delete (AUFS; OCI image-spec, "Whiteouts").
enum Whiteout: Equatable {
    /// The name that is deleted.
    case entry(ArraySlice<UInt8>)
    /// Everything in the folder.
    case opaque
    /// AUFS's own.
    case metadata

    private static let prefix = Array(".wh.".utf8)
    private static let metadataPrefix = Array(".wh..wh.".utf8)
    private static let opaqueName = Array(".wh..wh..opq".utf8)

    /// Reads a member's name; nil for an ordinary one.
    init?(_ name: ArraySlice<UInt8>) {
        guard name.starts(with: Self.prefix) else { return nil }
        if name.elementsEqual(Self.opaqueName) {
            self = .opaque
        } else if name.starts(with: Self.metadataPrefix) || name.count == Self.prefix.count {
            self = .metadata
        } else {
            self = .entry(name.dropFirst(Self.prefix.count))
        }
    }

    /// What a marker is as a fate.
    var fate: FileFate {
        switch self {
        case .entry: .whiteout
        case .opaque: .opaqueMarker
        case .metadata: .unionMetadata
        }
    }

    /// The path of the whiteout that deletes a path.
    static func path(deleting path: ArraySlice<UInt8>) -> [UInt8] {
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return prefix + path }
        return Array(path[...slash]) + prefix + path[(slash + 1)...]
    }

    /// The path of the opaque marker of a folder; the root is the empty path.
    static func path(opaqueIn folder: ArraySlice<UInt8>) -> [UInt8] {
        folder.isEmpty ? opaqueName : Array(folder) + [UInt8(ascii: "/")] + opaqueName
    }
}
