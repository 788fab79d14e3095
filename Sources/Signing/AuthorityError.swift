package import Cryptography

/// Why an authority on disk cannot be made or used.
package enum AuthorityError: Error, Equatable {
    /// The system refused.
    case storage(StorageError)
    /// OpenSSL refused.
    case cryptography(CryptographyError)
    /// No authority lies in the folder.
    case notAnAuthority(path: String)
    /// A file of the authority is not what was written.
    case damaged(path: String, reason: String)
    /// A log does not fit its own checkpoint.
    case damagedLog(path: String, reason: String)
    /// The password does not open the authority's keys.
    case wrongPassword(path: String)
    /// The folder is there and holds something.
    case alreadyThere(path: String)
    /// The authority takes tokens of other issuers only.
    case unknownIssuer(String, known: [String])
}
