internal import CaseIndex
internal import Cryptography
internal import Git

/// Everything that one reading of the evidence gave.
struct EvidenceScan {
    /// The members, by path.
    var members: [EvidenceMember]
    /// The digest of the whole.
    var digest: Digest
    /// What was noticed about the container itself.
    var warnings: [(path: [UInt8], code: WarningCode, message: String)] = []

    /// Whether some of it was not read: it ends early, is damaged, or a limit was hit.
    var isCut: Bool { warnings.contains { $0.code.severity == .incomplete } }

    /// SHA-256 over one line a member: path and, for a file, size and digest, with lengths so that no name can pose as a
    /// line.
    static func digest(of members: [EvidenceMember]) throws(CryptographyError) -> Digest {
        var hasher = try DigestHasher(.sha256)
        for member in members {
            let words =
                switch member.content {
                case .file(let measurement): "file \(measurement.size) \(measurement.digest)"
                case .unreadable: "unreadable"
                case .special(let word): word
                }
            hasher.update(Array("\(member.path.count) ".utf8) + member.path + Array(" \(words)\n".utf8))
        }
        return hasher.finish()
    }
}

/// A folder or archive that holds evidence: gives its members, each read once.
///
/// What the members mean is not its concern; a new kind of container is one more file like the two that are here.
protocol EvidenceContainer {
    /// Whether its members lie in an archive.
    var isArchive: Bool { get }
    /// Reads every member once, and puts the files of layers into the store; throws when it can be told before that the
    /// members are no evidence.
    func scan(_ limits: ImportLimits, _ layers: LayerStore?, _ progress: ProgressMeter) throws -> EvidenceScan
    /// Reads a member a second time; nil when the container cannot, or when the bytes are others now.
    func reread(_ member: EvidenceMember, limit: Int64) throws -> [UInt8]?
    /// Opens a member for reading from any offset; nil when the container cannot.
    func open(_ member: EvidenceMember) -> (any RandomAccessBytes)?
    /// A member as an archive of its own; nil when it does not look like one, or cannot be had again.
    func archive(_ member: EvidenceMember) -> TarContainer?
    /// Whether a member looks like an archive of its own and cannot be had again: it went by in a stream.
    func isOutOfReach(_ member: EvidenceMember) -> Bool
}

extension EvidenceContainer {
    func open(_ member: EvidenceMember) -> (any RandomAccessBytes)? { nil }
    func archive(_ member: EvidenceMember) -> TarContainer? { nil }
    func isOutOfReach(_ member: EvidenceMember) -> Bool { false }
}
