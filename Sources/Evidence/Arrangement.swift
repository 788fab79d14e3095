internal import Cryptography

/// One way in which images and signatures are kept in files: it says which members are its own, which of them are blobs,
/// and where reading begins.
///
/// Another way is one more file like those that are here, and a line in ``EvidencePlan``.
protocol Arrangement {
    /// The folder inside the evidence that it lies in; empty for the evidence itself.
    var root: [UInt8] { get }
    /// What a source is called that is arranged so, for example `oci-archive`.
    func kind(inArchive: Bool) -> String
    /// Whether a member belongs to it.
    func owns(_ path: [UInt8]) -> Bool
    /// The digest that a member's path names; nil for a path that is no blob's.
    func digest(named path: [UInt8]) -> Digest?
    /// Where, below the root, a blob lies or ought to lie.
    func place(of digest: Digest) -> String
    /// Reads everything that can be reached, into the graph's draft.
    func read(_ graph: inout GraphReader) throws
}

extension Arrangement {
    /// The path below the root; nil for one elsewhere.
    func relative(_ path: [UInt8]) -> ArraySlice<UInt8>? {
        guard !root.isEmpty else { return path[...] }
        guard path.count > root.count + 1, path.starts(with: root), path[root.count] == UInt8(ascii: "/") else {
            return nil
        }
        return path[(root.count + 1)...]
    }
}

extension MemberPath {
    /// The folder of a member, and its name.
    static func split(_ path: [UInt8]) -> (folder: [UInt8], name: ArraySlice<UInt8>) {
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return ([], path[...]) }
        return (Array(path[..<slash]), path[(slash + 1)...])
    }

    /// The folders in which a member of this name lies, sorted.
    static func folders(of name: String, in members: [EvidenceMember]) -> [[UInt8]] {
        members.compactMap { member in
            let parts = split(member.path)
            return parts.name.elementsEqual(name.utf8) ? parts.folder : nil
        }
    }
}
