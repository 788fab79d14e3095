/// The name of an image: `repository:tag`.
package struct ImageReference: Hashable, Sendable {
    /// Everything before the tag.
    package let repository: String
    /// The tag; `latest` where none was given.
    package let tag: String

    /// `repository:tag`.
    package var text: String { "\(repository):\(tag)" }

    /// Reads a name (OCI distribution-spec, "Pulling manifests", for the tag).
    ///
    /// - Throws: ``AssemblyError``.
    package init(_ text: String) throws(AssemblyError) {
        let lastSegment = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = lastSegment.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let tag = parts.count == 2 ? String(parts[1]) : "latest"
        let repository = parts.count == 2 ? String(text.dropLast(tag.count + 1)) : text
        let isTag =
            !tag.isEmpty && tag.utf8.count <= 128
            && tag.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
            && tag.utf8.first?.isNameByte == true
        let isRepository =
            repository.utf8.count <= 255
            && repository.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { segment in
                    !segment.isEmpty
                        && segment.utf8.allSatisfy { byte in byte.isNameByte || Array(".-:".utf8).contains(byte) }
                }
        guard isTag, isRepository else { throw AssemblyError(.badName(text)) }
        (self.repository, self.tag) = (repository, tag)
    }

    /// The name that a Dockerfile or an option says, so that two ways of writing one are the same: without the
    /// registry that is meant when none is named, and with the tag that is.
    static func normalized(_ text: String) -> String {
        var name = text[...]
        for prefix in ["docker.io/library/", "index.docker.io/library/", "docker.io/"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
            break
        }
        if name.contains("@") { return String(name) }
        let lastSegment = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return lastSegment.contains(":") ? String(name) : name + ":latest"
    }
}
