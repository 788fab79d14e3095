internal import Cryptography
internal import Synchronization

/// Paths that were found, so that what stands above an issuer is verified once and not for every leaf.
final class PathCache: Sendable {
    /// A path under what it is looked up by: which issuer, below which anchor.
    private struct Known {
        let issuer: Certificate
        let anchor: Certificate
        let path: CertificatePath
    }

    /// More issuers than any trusted root has.
    private static let limit = 256

    private let found = Mutex<[Known]>([])

    /// The path of a leaf to an authority's anchor.
    ///
    /// - Throws: ``CertificatePathError``.
    func path(to leaf: Certificate, of authority: CertificateAuthority) throws(CertificatePathError) -> CertificatePath
    {
        let anchor = authority.chain[authority.chain.count - 1]
        let issuers = authority.chain.filter { $0.fields.subject == leaf.fields.issuer }
        for issuer in issuers {
            let known = found.withLock { $0.first { $0.issuer == issuer && $0.anchor == anchor }?.path }
            if let known, let path = try? CertificatePath(leaf: leaf, below: known) { return path }
        }
        let path = try authority.path(to: leaf)
        if path.certificates.count > 2, path.isReusable {
            found.withLock { paths in
                guard paths.count < Self.limit else { return }
                paths.append(Known(issuer: path.issuer, anchor: anchor, path: path))
            }
        }
        return path
    }
}
