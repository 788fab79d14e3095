package import Signing

/// An authority on disk for a test.
package struct AuthorityFolder {
    /// Where it is.
    package let path: String
    /// What opens it.
    package static let password = Array("authority".utf8)

    /// Makes one that began when ``VirtualSigstore`` did.
    package init(in directory: TemporaryDirectory, issuers: [AuthorityDescription.Issuer] = []) throws {
        path = directory.path("authority")
        let description = AuthorityDescription(
            organization: "Test",
            domain: "sigstore.example",
            start: VirtualSigstore.start,
            treeID: 1_234_567_890,
            issuers: issuers
        )
        try StoredAuthority.create(path, description, password: Self.password)
    }

    /// Opens it for signing.
    package func open() throws -> StoredAuthority {
        try StoredAuthority(opening: path, password: Self.password)
    }
}
