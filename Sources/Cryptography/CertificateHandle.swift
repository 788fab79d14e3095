internal import COpenSSL
internal import Synchronization

/// OpenSSL's object of one certificate, made when it is first asked for.
///
/// OpenSSL fills its caches of extensions under a lock of its own, and nothing else changes once the object is made, so
/// that sharing it between tasks is safe.
final class CertificateHandle: Sendable {
    /// The object's address; 0 before it is made, 1 when it cannot be.
    private let address = Mutex<UInt>(0)

    deinit {
        let address = address.withLock { $0 }
        if address > 1 { X509_free(OpaquePointer(bitPattern: address)) }
    }

    /// The object of a certificate; nil when OpenSSL cannot read it.
    func pointer(_ der: [UInt8]) -> OpaquePointer? {
        let known = address.withLock { address in
            if address == 0 { address = Self.make(der) }
            return address
        }
        return known > 1 ? OpaquePointer(bitPattern: known) : nil
    }

    private static func make(_ der: [UInt8]) -> UInt {
        let pointer: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
        guard let pointer else {
            ERR_clear_error()
            return 1
        }
        return UInt(bitPattern: pointer)
    }
}
