package import Cryptography
package import Sigstore

/// What signatures are judged with.
package struct TrustMaterial: Sendable {
    /// The trusted root.
    package let root: TrustedRoot
    /// Its name, for people: `public-good`, or the path of a file.
    package let name: String
    /// The digest of the file it was read from; nil for one that is built in.
    package let digest: Digest?
    /// Keys that may sign.
    package let keys: [ManagedKey]

    package init(root: TrustedRoot, name: String, digest: Digest? = nil, keys: [ManagedKey] = []) {
        self.root = root
        self.name = name
        self.digest = digest
        self.keys = keys
    }

    /// How a verdict names it.
    var label: String {
        let rootLabel = digest.map { "\(name) (\($0))" } ?? "\(name) (built in)"
        guard !keys.isEmpty else { return rootLabel }
        return rootLabel + "; " + keys.map { "key \($0.publicKey.identifier)" }.joined(separator: ", ")
    }
}
