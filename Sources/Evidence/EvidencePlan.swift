internal import Cryptography

/// What was recognised among the members of a folder or archive, and what was not.
struct EvidencePlan {
    /// One recognised arrangement with its members.
    struct Piece {
        let arrangement: any Arrangement
        var members: [EvidenceMember]
    }

    /// The pieces, by the folders that they lie in.
    private(set) var pieces: [Piece]
    /// The files that nobody knows what to make of.
    private(set) var unrecognised: [EvidenceMember]

    init(_ scan: EvidenceScan, _ container: any EvidenceContainer, _ limits: ImportLimits) throws {
        let found = Self.arrangements(in: scan)
        var taken = found.map { Piece(arrangement: $0, members: []) }
        var left: [EvidenceMember] = []
        // The innermost comes first: what lies in a folder of its own does not belong to the folder above.
        let order = found.indices.sorted { (found[$0].root.count, $1) > (found[$1].root.count, $0) }
        for member in scan.members {
            if let owner = order.first(where: { found[$0].owns(member.path) }) {
                taken[owner].members.append(member)
            } else {
                left.append(member)
            }
        }
        let documents = try LooseDocuments(left, container, limits)
        if !documents.paths.isEmpty {
            taken.append(Piece(arrangement: documents, members: left.filter { documents.owns($0.path) }))
        }
        left = left.filter { !documents.owns($0.path) }
        let runs = try CIDocuments(left, container, limits)
        if !runs.paths.isEmpty {
            taken.append(Piece(arrangement: runs, members: left.filter { runs.owns($0.path) }))
        }
        left = left.filter { !runs.owns($0.path) }
        let remains = scan.isCut ? DockerRemains(left) : DockerRemains([])
        if !remains.paths.isEmpty {
            taken.append(Piece(arrangement: remains, members: left.filter { remains.owns($0.path) }))
        } else if scan.isCut, taken.isEmpty {
            taken.append(Piece(arrangement: UnknownRemains(), members: []))
        }
        let others = left.filter { !remains.owns($0.path) }
        unrecognised = others.filter { $0.measurement != nil }
        // What is no file is told with whatever lies beside it.
        if !taken.isEmpty { taken[0].members += others.filter { $0.measurement == nil } }
        pieces = taken
    }

    /// Whether a file was checked out from a repository that was recognised: it is expected, and no evidence.
    func isWorkingFile(_ path: [UInt8]) -> Bool {
        pieces.contains { ($0.arrangement as? GitRepository)?.hasWorkingFile(path) ?? false }
    }

    private static func arrangements(in scan: EvidenceScan) -> [any Arrangement] {
        let layouts = LayoutArrangement.find(in: scan)
        let roots = Set(layouts.map(\.root))
        let archives = DockerArchive.find(in: scan).filter { !roots.contains($0.root) }
        let legacy = LegacyDockerArchive.find(in: scan).filter { !roots.contains($0.root) }
        let copies = DirectoryCopy.find(in: scan).filter { !roots.contains($0.root) }
        let holders: [any Arrangement] = layouts + archives + legacy + copies
        let all: [[any Arrangement]] = [
            layouts, archives, legacy, copies, RegistryStorage.find(in: scan),
            ContentStore.find(in: scan, besides: holders.map(\.root)),
            GitRepository.find(in: scan), GitBundle.find(in: scan), CIServices.exports(in: scan),
        ]
        return all.flatMap { $0 }.sorted { $0.root.lexicographicallyPrecedes($1.root) }
    }
}
