package import Cryptography

/// Everything that was read of a repository or bundle.
package struct RepositoryContents: Sendable {
    /// The hash by which objects are named.
    package let format: ObjectFormat
    /// The commits, by name.
    package let commits: [CommitObject]
    /// The annotated tags, by name.
    package let tags: [TagObject]
    /// The references, by name.
    package let references: [Reference]
    /// What was noticed.
    package let warnings: [GitWarning]
}

/// A name for an object.
package struct Reference: Hashable, Sendable {
    /// The whole name, for example `refs/heads/main`; bytes of the evidence.
    package let name: [UInt8]
    /// The object it names, at the end of symbolic references; nil for one that leads nowhere.
    package let target: ObjectName?
    /// The commit at the end of annotated tags; nil when there is none in the repository.
    package var commit: ObjectName?
    /// The reference that it stands for, when it is symbolic.
    package let symbolicTarget: [UInt8]?

    /// What kind of reference it is.
    package var kind: ReferenceKind { ReferenceKind(name) }
}

/// The kinds of reference, by the folder that they lie in.
package enum ReferenceKind: String, Hashable, Sendable, CaseIterable {
    case head = "HEAD"
    case branch
    case tag
    /// A branch of another repository as it was last seen.
    case remote
    /// What GitLab keeps so that nothing a pipeline used is lost, `refs/keep-around/`.
    case keepAround = "keep-around"
    /// A merge or pull request's commits, `refs/merge-requests/` (GitLab), `refs/pull/` (GitHub).
    case mergeRequest = "merge-request"
    /// A pipeline's commit, `refs/pipelines/` (GitLab).
    case pipeline
    /// What stands for another object, `refs/replace/`; nothing is replaced here.
    case replacement
    case note
    case other

    private static let folders: [(String, ReferenceKind)] = [
        ("refs/heads/", .branch), ("refs/tags/", .tag), ("refs/remotes/", .remote),
        ("refs/keep-around/", .keepAround), ("refs/merge-requests/", .mergeRequest), ("refs/pull/", .mergeRequest),
        ("refs/pipelines/", .pipeline), ("refs/replace/", .replacement), ("refs/notes/", .note),
    ]

    init(_ name: [UInt8]) {
        if name.elementsEqual("HEAD".utf8) {
            self = .head
        } else {
            self = Self.folders.first { name.starts(with: $0.0.utf8) }?.1 ?? .other
        }
    }
}
