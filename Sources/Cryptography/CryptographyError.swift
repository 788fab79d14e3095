import COpenSSL

/// Why a cryptographic object could not be read or made.
public enum CryptographyError: Error, Hashable, Sendable {
    /// OpenSSL refused; `reason` is its own text, from the queue drained at once.
    case openSSL(call: String, reason: String)
    /// Bytes after the end of a DER object.
    case trailingBytes(object: String, count: Int)
    /// A DER object that does not have the shape its standard gives.
    case malformed(object: String)
    /// An algorithm, curve or key size that is not accepted.
    case unsupported(String)
    /// A key whose use is known to be unsafe, for example a small-order Ed25519 point.
    case weakKey(String)

    /// The error that OpenSSL's queue holds now; the queue is empty afterwards.
    static func last(_ call: String) -> CryptographyError {
        var reason = "no reason given"
        while case let code = ERR_get_error(), code != 0 {
            var buffer = [CChar](repeating: 0, count: 256)
            ERR_error_string_n(code, &buffer, buffer.count)
            let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
            reason = String(decoding: buffer[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return .openSSL(call: call, reason: reason)
    }
}
