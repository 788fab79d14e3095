internal import Archive
internal import CaseIndex
internal import Cryptography
internal import Dispatch
internal import Git
internal import Glibc
internal import Synchronization

/// Evidence in a folder.
struct FolderContainer: EvidenceContainer {
    let isArchive = false
    private let root: OpenFolder
    private let userPath: String

    /// Documents up to this size stay in memory from the first reading: manifests and signatures are smaller.
    private static let retainedDocumentBytes: Int64 = 1 << 20

    init(userPath: String) throws(EvidenceError) {
        root = try OpenFolder(userPath: userPath)
        self.userPath = userPath
    }

    func scan(_ limits: ImportLimits, _ layers: LayerStore?, _ progress: ProgressMeter) throws -> EvidenceScan {
        let walk = FolderWalk(root, limits: limits)
        progress.begin(total: walk.entries.reduce(0) { $0 + ($1.size ?? 0) })
        let members = try measureAll(walk.entries, limits, layers, progress)
        return EvidenceScan(
            members: members,
            digest: try EvidenceScan.digest(of: members),
            warnings: walk.warnings
        )
    }

    func reread(_ member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        guard let measurement = member.measurement, measurement.size <= limit, let file = root.file(member.path)
        else { return nil }
        let meter = try MemberMeter(.plain, ExpansionBudget(0))
        let again = try meter.measure(
            FileChunks(takingOver: file, expecting: measurement.size),
            algorithm: measurement.digest.algorithm,
            retaining: limit,
            keepsAnything: DirectoryCopy.isSignatureName(member.path)
        )
        return again.digest == measurement.digest ? again.retained : nil
    }

    func open(_ member: EvidenceMember) -> (any RandomAccessBytes)? {
        root.file(member.path).map { FileBytes(takingOver: $0) }
    }

    func archive(_ member: EvidenceMember) -> TarContainer? {
        guard let measurement = member.measurement, measurement.size > Self.tarMagicOffset,
            let file = root.file(member.path)
        else { return nil }
        let inner = TarContainer(
            takingOver: file,
            size: measurement.size,
            userPath: "\(userPath)/\(ImportDraft.shown(member.path))"
        )
        guard case .plain = measurement.expansion else { return inner }
        var magic = [UInt8](repeating: 0, count: 5)
        guard pread(file, &magic, magic.count, Self.tarMagicOffset) == magic.count, magic.elementsEqual("ustar".utf8)
        else {
            close(file)
            return nil
        }
        return inner
    }

    /// Where a tar archive's first header says what it is (POSIX.1-1988, ustar).
    private static let tarMagicOffset = 257

    /// Reads every file, on as many processors as there are; the order of the result is that of the entries.
    private func measureAll(
        _ entries: [FolderEntry],
        _ limits: ImportLimits,
        _ layers: LayerStore?,
        _ progress: ProgressMeter
    ) throws -> [EvidenceMember] {
        // The largest first, so that no processor is left alone with one of them in the end.
        let order = entries.indices.sorted { (entries[$0].size ?? -1, $1) > (entries[$1].size ?? -1, $0) }
        let budget = ExpansionBudget(limits.expandedBytes)
        let workers = limits.workers > 0 ? limits.workers : Self.processors
        let large = order.prefix { (entries[$0].size ?? 0) >= MemberMeter.pipelinedBytes }.count
        let shared = SharedWork(count: entries.count, retainedBytes: limits.retainedBytes)
        DispatchQueue.concurrentPerform(iterations: max(1, min(workers, entries.count))) { _ in
            do {
                let meter = try MemberMeter(limits, budget, layers: layers)
                while let turn = shared.takeTurn() {
                    let entry = entries[order[turn]]
                    // When others have nothing large left to do, their processors help with this one.
                    let isLast = large - turn < workers && workers > 1
                    let member = try measure(entry, meter, shared, layers, isPipelined: isLast && turn < large)
                    progress.advance(entry.size ?? 0)
                    shared.finish(order[turn], member)
                }
            } catch {
                shared.fail(error)
            }
        }
        return try shared.members()
    }

    private static var processors: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    private func measure(
        _ entry: FolderEntry,
        _ meter: MemberMeter,
        _ shared: SharedWork,
        _ layers: LayerStore?,
        isPipelined: Bool
    ) throws -> EvidenceMember {
        guard let size = entry.size else {
            return EvidenceMember(path: entry.path, content: .special(entry.special ?? "special"))
        }
        if let measurement = try measureKnown(entry, size, meter, layers) {
            return EvidenceMember(path: entry.path, content: .file(measurement))
        }
        guard let file = root.file(entry.path) else {
            return EvidenceMember(path: entry.path, content: .unreadable(.unreadableInput(code: errno)))
        }
        let room = size <= Self.retainedDocumentBytes && shared.reserve(size) ? size : 0
        do {
            let measurement = try meter.measure(
                FileChunks(takingOver: file, expecting: size),
                algorithm: MemberPath.algorithm(entry.path),
                retaining: room,
                isPipelined: isPipelined
            )
            if measurement.kept == nil { shared.release(room) }
            return EvidenceMember(path: entry.path, content: .file(measurement))
        } catch let error as ArchiveError {
            shared.release(room)
            return EvidenceMember(path: entry.path, content: .unreadable(error))
        }
    }

    /// Measures a file whose place names a layer that the case has; nil when it is another, or cannot be read.
    private func measureKnown(
        _ entry: FolderEntry,
        _ size: Int64,
        _ meter: MemberMeter,
        _ layers: LayerStore?
    ) throws -> Measurement? {
        guard let named = MemberPath.namedDigest(entry.path), let known = try layers?.known(named),
            known.size == size, let file = root.file(entry.path)
        else { return nil }
        do {
            return try meter.measure(FileChunks(takingOver: file, expecting: size), expecting: known)
        } catch is ArchiveError {
            return nil
        }
    }
}

/// What the tasks that read files share.
private final class SharedWork: Sendable {
    private struct State {
        var next = 0
        var members: [EvidenceMember?]
        var error: (any Error)?
        var retainedLeft: Int64
    }

    private let state: Mutex<State>

    init(count: Int, retainedBytes: Int64) {
        state = Mutex(State(members: Array(repeating: nil, count: count), retainedLeft: retainedBytes))
    }

    /// The next piece of work; nil when there is none or when another task has failed.
    func takeTurn() -> Int? {
        state.withLock { state in
            guard state.error == nil, state.next < state.members.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func finish(_ index: Int, _ member: EvidenceMember) {
        state.withLock { $0.members[index] = member }
    }

    func fail(_ error: any Error) {
        state.withLock { if $0.error == nil { $0.error = error } }
    }

    /// Asks for room to keep a document.
    func reserve(_ bytes: Int64) -> Bool {
        state.withLock { state in
            guard state.retainedLeft >= bytes else { return false }
            state.retainedLeft -= bytes
            return true
        }
    }

    func release(_ bytes: Int64) {
        state.withLock { $0.retainedLeft += bytes }
    }

    func members() throws -> [EvidenceMember] {
        try state.withLock { state in
            if let error = state.error { throw error }
            return state.members.compactMap { $0 }
        }
    }
}
