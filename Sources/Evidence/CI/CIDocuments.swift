internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// Documents of CI services in files of their own: one a file, an array, or one a line; known by their content.
struct CIDocuments: Arrangement {
    let root: [UInt8] = []
    /// The files that hold something known.
    let paths: Set<[UInt8]>
    private let members: [EvidenceMember]

    init(_ members: [EvidenceMember], _ container: any EvidenceContainer, _ limits: ImportLimits) throws {
        let store = BlobStore(members, root: [], container: container) { _ in nil }
        self.members = try store.sortedOthers.filter { member in
            guard let measurement = member.measurement, measurement.looksLikeDocument,
                let bytes = try store.bytes(of: member, limit: limits.attestationBytes)
            else { return false }
            var reading = CIReading(readFrom: measurement.digest, origin: EvidenceOrigin(), limits: limits)
            reading.isProbe = true
            reading.read(bytes)
            return !reading.records.isEmpty
        }
        paths = Set(self.members.map(\.path))
    }

    func kind(inArchive: Bool) -> String { "ci-records" }

    func owns(_ path: [UInt8]) -> Bool { paths.contains(path) }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteOthers()
        for member in members { try graph.readRuns(member) }
    }
}

extension GraphReader {
    /// Reads what a document says of runs and jobs.
    mutating func readRuns(_ member: EvidenceMember) throws {
        guard let measurement = member.measurement else { return }
        guard let bytes = try store.bytes(of: member, limit: limits.attestationBytes) else {
            return draft.warn(.limitBytes, member.path, "more than \(limits.attestationBytes) bytes")
        }
        var reading = CIReading(readFrom: measurement.digest, origin: origin, limits: limits)
        reading.read(bytes)
        draft.add(reading.records)
        for (code, severity, message) in reading.warnings { draft.warn(code, severity, member.path, message) }
    }
}

/// Reads one file: a document, an array of them, or one a line.
struct CIReading {
    let readFrom: Digest
    let origin: EvidenceOrigin
    let limits: ImportLimits
    /// Whether only the beginning is read, to see what it is.
    var isProbe = false
    private(set) var records: [CIRecord] = []
    private(set) var warnings: [(code: String, severity: WarningSeverity, message: String)] = []
    private var unknown = 0

    /// No honest line is longer, in bytes.
    static let maximumLineBytes = 16 << 20
    private static let maximumWarnings = 100
    /// Records by which a file is known.
    private static let probedRecords = 1

    init(readFrom: Digest, origin: EvidenceOrigin, limits: ImportLimits) {
        self.readFrom = readFrom
        self.origin = origin
        self.limits = limits
    }

    mutating func read(_ bytes: [UInt8]) {
        // A file of one line is one document; of several lines either the whole is one, or each of them is.
        let firstLine = bytes.prefix { $0 != 0x0A }
        let isLines =
            firstLine.count < bytes.count && firstLine.count <= Self.maximumLineBytes
            && firstLine.first == UInt8(ascii: "{") && (try? parsed(Array(firstLine))) != nil
        if isLines { readLines(bytes) } else { readWhole(bytes) }
        guard unknown > 0, !records.isEmpty else { return }
        warnings.append(("ci.record-unknown", .recovered, "\(unknown) values are no runs and no jobs"))
    }

    private func parsed(_ bytes: [UInt8]) throws -> JSONValue {
        try JSONValue(parsing: bytes, limits: Self.jsonLimits)
    }

    /// Room for a page of everything; nesting as in honest documents.
    private static let jsonLimits = JSONLimits(bytes: 128 << 20, depth: 64, values: 10_000_000)

    private mutating func readWhole(_ bytes: [UInt8]) {
        let value: JSONValue
        do {
            value = try parsed(bytes)
        } catch {
            return warnings.append(("ci.not-json", .incomplete, "\(error)"))
        }
        if let list = value.array {
            for (index, element) in list.enumerated() where !isEnough { add(element, "/\(index)") }
        } else if let (key, list) = CIServices.list(in: value) {
            for (index, element) in list.enumerated() where !isEnough { add(element, "/\(key)/\(index)") }
        } else {
            add(value, "")
        }
    }

    private var isEnough: Bool { isProbe && (records.count >= Self.probedRecords || unknown > 0) }

    private mutating func readLines(_ bytes: [UInt8]) {
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if isEnough { return }
            if line.isEmpty || line.elementsEqual("null".utf8) { continue }
            guard line.count <= Self.maximumLineBytes else {
                warn("ci.line-too-long", "line \(index + 1) has \(line.count) bytes")
                continue
            }
            guard let value = try? parsed(Array(line)) else {
                warn("ci.not-json", "line \(index + 1) is not JSON, or more than is read")
                continue
            }
            add(value, "line \(index + 1)")
        }
    }

    private mutating func warn(_ code: String, _ message: String) {
        if warnings.count < Self.maximumWarnings { warnings.append((code, .incomplete, message)) }
    }

    private mutating func add(_ value: JSONValue, _ pointer: String) {
        let context = CIContext(readFrom: readFrom, pointer: pointer, origin: origin)
        if let found = CIServices.records(value, context) { records += found } else { unknown += 1 }
    }
}
