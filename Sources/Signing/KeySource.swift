package import Cryptography

/// Where an authority's keys come from.
package enum KeySource: Sendable {
    /// OpenSSL's random generator.
    case random
    /// A text from which every key follows: for examples and tests alone, because whoever reads it has the keys.
    case seed(String)
    /// Keys that were made before, by their use.
    case made([String: SigningKey])

    /// The key for a use; from a seed, the same use gives the same key.
    ///
    /// - Throws: ``CryptographyError``.
    package func key(_ use: String, _ kind: SigningKey.Kind) throws(CryptographyError) -> SigningKey {
        switch self {
        case .random: return try SigningKey(generating: kind)
        case .seed(let seed): return try SigningKey(seed: "\(seed)/\(use)", kind: kind)
        case .made(let keys):
            guard let key = keys[use] else { throw .unsupported("an authority without its key \(use)") }
            return key
        }
    }
}
