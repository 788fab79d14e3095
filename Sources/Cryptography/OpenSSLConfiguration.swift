internal import COpenSSL

/// What a whole program decides about OpenSSL, before it uses any of it.
package enum OpenSSLConfiguration {
    /// Leaves the machine's `openssl.cnf` unread: what a signature is judged by is named on the command line and
    /// nowhere else.
    ///
    /// Nothing is given back when the program ends: the system does that, all at once.
    ///
    /// Random numbers, of which even a verification takes some to blind its points, come from the generator over a
    /// hash (NIST SP 800-90A §10.1.1): the usual one makes OpenSSL set up every cipher that it has.
    package static func forProgram() {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT), nil)
        // Not settable any more once the generator runs, and then as good as before.
        _ = RAND_set_DRBG_type(nil, "HASH-DRBG", nil, nil, "SHA256")
        ERR_clear_error()
    }
}
