package import Cryptography
package import StrictJSON

/// Why a document is not what the OCI image specification describes.
///
/// Places are JSON pointers (RFC 6901).
package enum OCIError: Error, Hashable, Sendable {
    /// Not JSON, or JSON that two readers would read differently.
    case notJSON(JSONError)
    /// The value at `pointer` is missing or not of the kind that belongs there.
    case wrongType(pointer: String, expected: String)
    /// Two readings of one document: a member whose name differs from a known one only by case, or manifest and index
    /// in one.
    case ambiguous(pointer: String)
    /// A digest that is not well formed, for example one with `../` in it.
    case malformedDigest(pointer: String, DigestError)
    /// A size below zero or too large to be counted.
    case sizeOutOfRange(pointer: String)
    /// More elements than the limit.
    case tooMany(pointer: String, count: Int, limit: Int)
}
