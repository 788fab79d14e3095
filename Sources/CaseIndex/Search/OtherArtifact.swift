package import Cryptography
internal import GRDB

/// An artifact of the case that somebody asks for as an image, and that is none: a chart, a bill of materials, a
/// signature, a layer.
package struct OtherArtifact: Hashable, Sendable {
    /// The artifact.
    package let digest: Digest
    /// What it is.
    package let role: ArtifactRole
    /// Its media type, when something states one.
    package let mediaType: String?
    /// The artifacts that it refers to as its subject.
    package let subjects: [Digest]
    /// The manifests that refer to it as their subject.
    package let referrers: [Digest]
}

extension CaseReader {
    /// The one artifact other than an image that a text names, by digest, by the beginning of one, or by a name.
    ///
    /// - Parameter text: What somebody asks for.
    /// - Returns: The artifact; nil when none fits, or several do.
    /// - Throws: ``CaseError``.
    package func otherArtifact(_ text: String) throws -> OtherArtifact? {
        guard let digest = try otherDigest(text), let artifact = try artifact(digest) else { return nil }
        return OtherArtifact(
            digest: digest,
            role: artifact.role,
            mediaType: artifact.mediaType,
            subjects: try relationships(from: digest).filter { $0.kind == .subject }.map(\.target),
            referrers: try relationships(to: digest).filter { $0.kind == .subject }.map(\.origin)
        )
    }

    private func otherDigest(_ text: String) throws -> Digest? {
        if let digest = try? Digest(parsing: text) { return digest }
        let named = try references(named: text) + references(endingWith: ["/" + text, ":" + text])
        let digests = Set(named.map(\.digest))
        if digests.count == 1 { return digests.first }
        let bare = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        let isHex = bare.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard digests.isEmpty, isHex, bare.utf8.count >= ImageName.shortestPrefix else { return nil }
        let sql = "SELECT digest FROM artifact WHERE digest >= ? AND digest < ? LIMIT 2"
        let found = try String.fetchAll(database, sql: sql, arguments: ["sha256:\(bare)", "sha256:\(bare)g"])
        return found.count == 1 ? try? Digest(parsing: found[0]) : nil
    }
}
