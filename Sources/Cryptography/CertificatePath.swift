internal import COpenSSL

/// A chain from a leaf to a trust anchor of which every signature and constraint holds, whatever the time.
///
/// Validity periods are not looked at while the path is built: they are closed intervals in Sigstore, and every
/// verified time has to be tried (``firstInvalid(at:)``).
public struct CertificatePath: Hashable, Sendable {
    /// The leaf first, the anchor last.
    public let certificates: [Certificate]

    /// The certificate that issued the leaf.
    public var issuer: Certificate {
        certificates.count > 1 ? certificates[1] : certificates[0]
    }

    /// Finds the path (RFC 5280 §6).
    ///
    /// - Parameters:
    ///   - leaf: The certificate in question.
    ///   - intermediates: Certificates that may stand between; none of them becomes an anchor.
    ///   - anchor: The one certificate that is trusted.
    /// - Throws: ``CertificatePathError``.
    public init(leaf: Certificate, intermediates: [Certificate], anchor: Certificate) throws(CertificatePathError) {
        guard let store = X509_STORE_new() else { throw .openSSL(code: 0, reason: "no memory", depth: 0) }
        defer { X509_STORE_free(store) }
        guard anchor.withPointer({ X509_STORE_add_cert(store, $0) }) == 1, let context = X509_STORE_CTX_new()
        else { throw .openSSL(code: 0, reason: "no memory", depth: 0) }
        defer { X509_STORE_CTX_free(context) }
        let untrusted = raireki_sk_X509_new()
        defer { raireki_sk_X509_free(untrusted) }
        for certificate in intermediates {
            _ = certificate.withPointer { raireki_sk_X509_push(untrusted, $0) }
        }
        guard leaf.withPointer({ X509_STORE_CTX_init(context, store, $0, untrusted) }) == 1
        else { throw .openSSL(code: 0, reason: "no memory", depth: 0) }
        let parameters = X509_STORE_CTX_get0_param(context)
        // The last certificate of an authority's chain is the anchor, self-signed or not; times are checked apart.
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME))
        X509_VERIFY_PARAM_set_depth(parameters, 10)
        let result = X509_verify_cert(context)
        defer { ERR_clear_error() }
        guard result == 1 else {
            let code = X509_STORE_CTX_get_error(context)
            let reason = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
            throw .openSSL(code: Int(code), reason: reason, depth: Int(X509_STORE_CTX_get_error_depth(context)))
        }
        certificates = Self.chain(X509_STORE_CTX_get0_chain(context), among: [leaf, anchor] + intermediates)
        guard certificates.first == leaf, certificates.last == anchor else {
            throw .openSSL(code: 0, reason: "the path does not end at the anchor", depth: 0)
        }
    }

    /// Puts a leaf below a path that was found for another leaf of the same issuer.
    ///
    /// Only the leaf's own link is verified anew. That is sound while nothing above the issuer constrains what stands
    /// below it other than by position, which is the same for both: ``isReusable`` says so.
    ///
    /// - Throws: ``CertificatePathError``.
    public init(leaf: Certificate, below other: CertificatePath) throws(CertificatePathError) {
        precondition(other.isReusable && other.certificates.count > 1)
        let link = try CertificatePath(leaf: leaf, intermediates: [], anchor: other.issuer)
        certificates = link.certificates + other.certificates.dropFirst(2)
    }

    /// Whether the part above the leaf may serve another leaf: no name or policy constraints (RFC 5280 §4.2.1.10–14).
    public var isReusable: Bool {
        let constraints = ["2.5.29.30", "2.5.29.36", "2.5.29.54"]
        return certificates.dropFirst().allSatisfy { certificate in
            constraints.allSatisfy { certificate.extensionValue($0) == nil }
        }
    }

    private static func chain(_ stack: OpaquePointer?, among known: [Certificate]) -> [Certificate] {
        (0..<raireki_sk_X509_num(stack)).compactMap { position in
            let pointer = raireki_sk_X509_value(stack, position)
            return known.first { candidate in candidate.withPointer { X509_cmp($0, pointer) } == 0 }
        }
    }

    /// The first certificate from the leaf whose closed validity period does not hold the moment.
    public func firstInvalid(at time: Timestamp) -> Certificate? {
        certificates.first { !$0.isValid(at: time) }
    }
}

/// Why there is no path.
public enum CertificatePathError: Error, Hashable, Sendable {
    /// What OpenSSL says, with its X.509 error code and the depth from the leaf.
    case openSSL(code: Int, reason: String, depth: Int)
}
