internal import COpenSSL

/// Reads SubjectPublicKeyInfo into OpenSSL keys.
///
/// OpenSSL 3.0's own decoder looks its providers up anew for every key and takes locks while it does; keys on the three
/// common curves are told by their first bytes, which DER fixes, and imported from their points directly.
enum PublicKeyImport {
    /// The key, which the caller frees; nil when the bytes are not exactly one such structure.
    static func key(_ der: [UInt8]) -> OpaquePointer? {
        for curve in curves where der.count == curve.length && der.starts(with: curve.prefix) {
            if let key = key(group: curve.name, point: Array(der.dropFirst(curve.prefix.count))) { return key }
        }
        if der.count == ed25519Prefix.count + 32, der.starts(with: ed25519Prefix) {
            return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, Array(der.suffix(32)), 32)
        }
        return decoded(der)
    }

    /// What stands before the point (RFC 8410 §4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    private static let curves: [(name: String, prefix: [UInt8], length: Int)] = [
        (
            "prime256v1",
            [
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
                0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ], 91
        ),
        (
            "secp384r1",
            [
                0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81,
                0x04, 0x00, 0x22, 0x03, 0x62, 0x00,
            ], 120
        ),
    ]

    /// Imports an uncompressed point; OpenSSL checks that it lies on the curve.
    private static func key(group: String, point: [UInt8]) -> OpaquePointer? {
        guard point.first == 0x04, let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer {
            EVP_PKEY_CTX_free(context)
            ERR_clear_error()
        }
        guard EVP_PKEY_fromdata_init(context) == 1 else { return nil }
        var key: OpaquePointer?
        var name = Array(group.utf8CString)
        var point = point
        let imported = name.withUnsafeMutableBufferPointer { name in
            point.withUnsafeMutableBytes { point in
                var parameters = [
                    OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.baseAddress, 0),
                    OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.baseAddress, point.count),
                    OSSL_PARAM_construct_end(),
                ]
                return EVP_PKEY_fromdata(context, &key, raireki_EVP_PKEY_PUBLIC_KEY(), &parameters)
            }
        }
        guard imported == 1 else {
            EVP_PKEY_free(key)
            return nil
        }
        return key
    }

    /// What OpenSSL's decoder makes of it.
    private static func decoded(_ der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            guard let key = d2i_PUBKEY(nil, &cursor, buffer.count) else { return nil }
            guard cursor == buffer.baseAddress?.advanced(by: buffer.count) else {
                EVP_PKEY_free(key)
                return nil
            }
            return key
        }
    }
}
