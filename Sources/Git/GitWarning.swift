/// Something about a repository that reading it noticed.
package struct GitWarning: Hashable, Sendable {
    /// The kind, stable from version to version.
    package let code: Code
    /// The file or the reference that it concerns; bytes of the evidence.
    package let path: [UInt8]
    /// One sentence; it may quote evidence and must be escaped before it is shown.
    package let detail: String

    /// What it means for the evidence.
    package enum Effect: Hashable, Sendable {
        /// Odd; nothing was lost.
        case odd
        /// Something could not be read.
        case loss
        /// The repository contradicts itself.
        case contradiction
    }

    /// The kinds of warning.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// A symbolic link lies where objects or packs should.
        case symbolicLinkObject = "git.symlink-object"
        /// A symbolic link lies where references should.
        case symbolicLinkReference = "git.symlink-ref"
        /// A FIFO or device lies where a file should.
        case notAFile = "git.not-a-file"
        /// A file that cannot be read to its end.
        case unreadable = "git.unreadable"
        /// Objects are kept elsewhere; that place is not read.
        case alternates = "git.alternates"
        /// Commits without their parents, as `shallow` lists them.
        case shallow = "git.shallow"
        /// Parents that a file states instead of the commit; it is not believed.
        case grafts = "git.grafts"
        /// Objects that stand for others; they are not put in their place.
        case replacements = "git.replace-refs"
        /// References in a database that is not read.
        case referenceTables = "git.reftable"
        /// A repository that lies where a file says; that place is not read.
        case elsewhere = "git.gitdir-file"
        /// A pack that cannot be read, or not to its end.
        case packDamaged = "git.pack-damaged"
        /// The checksum at the end of a pack is not that of its bytes.
        case packChecksum = "git.pack-checksum"
        /// A pack's index that cannot be read.
        case indexDamaged = "git.index-damaged"
        /// A pack's index says something else than the pack.
        case indexMismatch = "git.index-mismatch"
        /// An object that cannot be expanded.
        case objectDamaged = "git.object-damaged"
        /// An object expands to another size than it states.
        case objectSize = "git.object-size"
        /// An object's content has another name than the one it lies under.
        case objectName = "git.object-name"
        /// Two contents have one name.
        case objectCollision = "git.object-collision"
        /// A delta that cannot be applied.
        case deltaDamaged = "git.delta-damaged"
        /// More deltas upon one another than the limit.
        case deltaDepth = "git.delta-depth"
        /// Deltas whose bases are not there.
        case deltaBase = "git.delta-base-missing"
        /// A commit or tag that is not well formed.
        case objectMalformed = "git.object-malformed"
        /// A header that may occur once occurs again.
        case duplicateHeader = "git.duplicate-header"
        /// A time that cannot be written as a date.
        case time = "git.time"
        /// A tag calls itself by another name than its reference.
        case tagName = "git.tag-name"
        /// A reference with a name that git would refuse.
        case referenceName = "git.ref-name"
        /// A reference that names no object.
        case referenceMalformed = "git.ref-malformed"
        /// Symbolic references in a circle, or too many in a row.
        case referenceLoop = "git.ref-loop"
        /// A reference to an object that is not there.
        case referenceBroken = "git.ref-broken"
        /// A parent that is not there.
        case parentMissing = "git.parent-missing"
        /// Not what a bundle looks like.
        case bundleDamaged = "git.bundle-damaged"
        /// A capability of a bundle that is not known or not followed.
        case bundleCapability = "git.bundle-capability"
        /// Objects that a bundle asks to be there already.
        case bundlePrerequisite = "git.bundle-prerequisite"
        /// More than a limit.
        case limit = "git.limit"

        /// What a warning of this kind means.
        package var effect: Effect {
            switch self {
            case .alternates, .shallow, .grafts, .replacements, .indexDamaged, .duplicateHeader, .time, .tagName,
                .referenceName, .bundleCapability, .bundlePrerequisite, .elsewhere, .deltaBase, .parentMissing,
                .notAFile:
                .odd
            case .symbolicLinkObject, .symbolicLinkReference, .unreadable, .referenceTables, .packDamaged,
                .objectDamaged, .deltaDamaged, .deltaDepth, .objectMalformed, .referenceMalformed, .referenceLoop,
                .referenceBroken, .bundleDamaged, .limit:
                .loss
            case .packChecksum, .indexMismatch, .objectSize, .objectName, .objectCollision: .contradiction
            }
        }
    }
}

/// Collects warnings; of one kind only the first are told one by one, the others are counted.
struct GitWarnings {
    private let limit: Int
    private(set) var list: [GitWarning] = []
    private var counts: [GitWarning.Code: Int] = [:]

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ code: GitWarning.Code, _ path: [UInt8], _ detail: String) {
        let count = counts[code, default: 0] + 1
        counts[code] = count
        if count <= limit { list.append(GitWarning(code: code, path: path, detail: detail)) }
    }

    /// Every warning, with a last one for each kind of which there were more.
    var all: [GitWarning] {
        list
            + counts.filter { $0.value > limit }.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                GitWarning(code: $0.key, path: [], detail: "\($0.value - limit) more of this kind")
            }
    }
}
