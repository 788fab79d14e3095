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
        guard anchor.withPointer({ X509_STORE_add_cert(store, $0) }) == 1 else {
            throw .unreadable(depth: intermediates.count + 1)
        }
        guard let context = X509_STORE_CTX_new() else { throw .openSSL(code: 0, reason: "no memory", depth: 0) }
        defer { X509_STORE_CTX_free(context) }
        let untrusted = raireki_sk_X509_new()
        defer { raireki_sk_X509_free(untrusted) }
        for certificate in intermediates {
            guard certificate.withPointer({ raireki_sk_X509_push(untrusted, $0) }) != nil else {
                throw .unreadable(depth: 1)
            }
        }
        guard leaf.withPointer({ X509_STORE_CTX_init(context, store, $0, untrusted) }) == 1
        else { throw .unreadable(depth: 0) }
        let parameters = X509_STORE_CTX_get0_param(context)
        // The last certificate of an authority's chain is the anchor, self-signed or not; times are checked apart.
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME))
        X509_VERIFY_PARAM_set_depth(parameters, 10)
        // 80 bits of security for signatures, so that none of them rests on SHA-1 or MD5; OpenSSL's default is none.
        X509_VERIFY_PARAM_set_auth_level(parameters, 1)
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
    /// Only the leaf's own link is verified anew: its issuer's name, the signature, and that no critical extension is
    /// unknown. That is sound while nothing above the issuer constrains what stands below it other than by position,
    /// which is the same for both: ``isReusable`` says so.
    ///
    /// - Throws: ``CertificatePathError``.
    public init(leaf: Certificate, below other: CertificatePath) throws(CertificatePathError) {
        precondition(other.isReusable && other.certificates.count > 1)
        let issuer = other.issuer
        guard leaf.fields.issuer == issuer.fields.subject else { throw .linkMismatch("issuer") }
        guard Self.namesKey(of: issuer, in: leaf) else { throw .linkMismatch("authority key identifier") }
        let unknown = leaf.fields.extensions.first { $0.isCritical && !Self.handledExtensions.contains($0.identifier) }
        guard unknown == nil, !leaf.isAuthority else { throw .linkMismatch("extensions") }
        guard let algorithm = Self.algorithms[Array(leaf.fields.signatureAlgorithm)],
            issuer.publicKey.isValid(
                signature: Array(leaf.fields.signature),
                for: Array(leaf.fields.toBeSigned),
                algorithm: algorithm
            )
        else { throw .linkMismatch("signature") }
        certificates = [leaf] + other.certificates.dropFirst()
    }

    /// Whether the leaf's authority key identifier is absent, or holds the issuer's key identifier and nothing else
    /// (RFC 5280 §4.2.1.1); whatever else it holds is left to OpenSSL.
    private static func namesKey(of issuer: Certificate, in leaf: Certificate) -> Bool {
        guard let stated = leaf.extensionValue("2.5.29.35") else { return true }
        guard let identifier = issuer.extensionValue("2.5.29.14") else { return false }
        var outer = DERReader(stated)
        var own = DERReader(identifier)
        guard var parts = try? outer.nested(DERTag.sequence), outer.isAtEnd, let key = try? parts.element(0x80),
            parts.isAtEnd, let named = try? own.element(DERTag.octetString), own.isAtEnd
        else { return false }
        return key.content == named.content
    }

    /// Critical extensions of a leaf whose meaning is heeded here or by the caller: key usage, alternative names, basic
    /// constraints and extended key usage.
    private static let handledExtensions = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37"]

    /// Signature algorithms by their AlgorithmIdentifier in DER (RFC 5758 §3.2, RFC 4055 §5).
    private static let algorithms: [[UInt8]: SignatureAlgorithm] = [
        [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]: .ecdsa(.sha256),
        [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03]: .ecdsa(.sha384),
        [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04]: .ecdsa(.sha512),
        [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00]: .rsaPKCS1(.sha256),
    ]

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
    /// OpenSSL cannot read the certificate at this depth.
    case unreadable(depth: Int)
    /// The leaf's own link to its issuer does not hold; the text names the part.
    case linkMismatch(String)
}
