internal import Archive
internal import Cryptography
internal import Git
internal import Glibc

/// Evidence in one file that is no archive: a bundle, an envelope, a list of them.
struct FileContainer: EvidenceContainer {
    let isArchive = false
    private let userPath: String

    /// A file that the user named and that was found to be a regular one.
    init(userPath: String) {
        self.userPath = userPath
    }

    private func chunks() throws -> FileChunks {
        let descriptor = QuietOpen.open(AT_FDCWD, userPath)
        guard descriptor >= 0 else { throw EvidenceError.cannotOpen(path: userPath, code: errno) }
        return FileChunks(takingOver: descriptor)
    }

    func scan(_ limits: ImportLimits, _ layers: LayerStore?, _ progress: ProgressMeter) throws -> EvidenceScan {
        let meter = try MemberMeter(.plain, ExpansionBudget(0))
        let measurement = try meter.measure(
            try chunks(),
            algorithm: .sha256,
            retaining: min(limits.retainedBytes, limits.attestationBytes)
        )
        let name = Array(MemberPath.split(Array(userPath.utf8)).name)
        return EvidenceScan(
            members: [EvidenceMember(path: name, content: .file(measurement))],
            digest: measurement.digest
        )
    }

    func open(_ member: EvidenceMember) -> (any RandomAccessBytes)? {
        let descriptor = Glibc.open(userPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        return descriptor < 0 ? nil : FileBytes(takingOver: descriptor)
    }

    func reread(_ member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        nil
    }
}
