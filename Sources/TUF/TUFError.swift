package import Cryptography
package import StrictJSON

/// Why a TUF repository is refused (TUF specification 1.0, §5); `file` is the path below the repository's folder.
package enum TUFError: Error, Hashable, Sendable {
    // MARK: Files

    /// None of the names under which the file may lie is there.
    case missing(names: [String])
    /// The file is larger than its kind may be, or than the metadata that lists it says.
    case tooLarge(file: String, limit: Int)
    /// A symbolic link, a folder, a device or a pipe where a file should be.
    case notAFile(file: String)
    /// The system's number for why it cannot be read.
    case unreadable(file: String, code: Int32)

    // MARK: Shape

    /// Not strict JSON.
    case notJSON(file: String, JSONError)
    /// A member that is missing or is not what it should be.
    case malformed(file: String, path: String, expected: String)
    /// What is signed has no canonical form: it holds a number that is not an integer.
    case notCanonical(file: String, number: String)
    /// Another role's metadata.
    case wrongType(file: String, expected: String, found: String)
    /// A major version of the specification other than 1.
    case unsupportedSpecification(file: String, version: String)
    /// A threshold below 1.
    case invalidThreshold(file: String, role: String, threshold: Int64)
    /// A role that lists one key id twice.
    case repeatedKeyIdentifier(file: String, role: String, keyID: String)
    /// Two signatures that name the same key id.
    case repeatedSignature(file: String, keyID: String)
    /// A role's name that is not of the fixed grammar, so that no file may be looked up by it.
    case refusedRoleName(file: String, name: String)
    /// A target's name that is not of the fixed grammar.
    case refusedTargetName(String)

    // MARK: Trust

    /// Too few distinct keys of the role signed.
    case thresholdNotReached(file: String, SignatureCount)
    /// Another version than the one that must come here.
    case wrongVersion(file: String, expected: Int64, found: Int64)
    /// An older version than one that was seen before.
    case rollback(file: String, role: String, seen: Int64, found: Int64)
    /// Expired at the reference time; its signatures hold.
    case expired(file: String, role: String, expires: Timestamp, at: Timestamp)
    /// The file of the starting root's own version says something else than the starting root.
    case startingRootContradicted(file: String, version: Int64)
    /// `root.json` is newer, but the version that follows the last trusted one is not there.
    case rootChainBroken(trusted: Int64, found: Int64)
    /// More new roots than are followed.
    case tooManyRoots(limit: Int)

    // MARK: Content

    /// The snapshot or the timestamp does not list metadata that is needed.
    case notListed(in: String, name: String)
    /// The snapshot no longer lists metadata that was seen before.
    case noLongerListed(in: String, name: String)
    /// Another number of bytes than is listed.
    case wrongLength(file: String, expected: Int64, found: Int64)
    /// Another digest than is listed.
    case wrongDigest(file: String, expected: Digest, found: Digest)
    /// No role that may answer for the target lists it.
    case unknownTarget(String)
    /// More delegated roles than are searched.
    case tooManyDelegations(limit: Int)
}
