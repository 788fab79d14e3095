internal import CaseIndex
internal import Cryptography

/// Archives in a folder or archive that were not opened, by why.
struct UnopenedArchives {
    /// Deeper than archives may lie in one another.
    var tooDeep = 0
    /// More than are opened in one folder or archive.
    var tooMany = 0
    /// Gone by in a stream.
    var outOfReach = 0

    /// What is noted of them, with how many there were.
    func warnings(_ limits: ImportLimits, opened: Int) -> [(path: [UInt8], code: WarningCode, message: String)] {
        let all: [(Int, WarningCode, String)] = [
            (
                tooDeep, .limitArchiveNesting,
                "\(Self.archives(tooDeep)) not opened: deeper in one another than the limit of \(limits.archiveNesting) "
                    + "(--limit archive-nesting=…)"
            ),
            (
                tooMany, .limitArchives,
                "\(Self.archives(opened + tooMany)); those beyond the limit of \(limits.archives) were not opened "
                    + "(--limit archives=…)"
            ),
            (
                outOfReach, .archiveUnopened,
                "\(Self.archives(outOfReach)) not opened: a stream cannot be read twice; import a file instead"
            ),
        ]
        return all.filter { $0.0 > 0 }.map { ([], $0.1, $0.2) }
    }

    private static func archives(_ count: Int) -> String { count == 1 ? "1 archive" : "\(count) archives" }
}

extension Importer {
    /// Reads every archive among the files that nothing else is known of.
    ///
    /// Those that are not opened are noted with the folder or archive that they lie in.
    func readArchives(
        _ plan: EvidencePlan,
        _ scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp,
        _ layers: LayerStore,
        _ depth: Int,
        _ outcome: inout ImportReading
    ) throws {
        var unopened = UnopenedArchives()
        var opened = 0
        let own = outcome.pieces.count
        for member in plan.unrecognised {
            let shown = ImportDraft.shown(member.path)
            guard let inner = container.archive(member) else {
                let isOutOfReach = container.isOutOfReach(member)
                if isOutOfReach { unopened.outOfReach += 1 }
                guard isOutOfReach || !plan.isWorkingFile(member.path) else { continue }
                outcome.unrecognised.append(isOutOfReach ? "\(shown) (not opened: in a stream)" : shown)
                continue
            }
            guard depth < limits.archiveNesting else {
                unopened.tooDeep += 1
                outcome.unrecognised.append(refusal(shown, .archiveNesting))
                continue
            }
            guard opened < limits.archives else {
                unopened.tooMany += 1
                outcome.unrecognised.append(refusal(shown, .archives))
                continue
            }
            opened += 1
            do {
                let scan = try inner.scan(limits, layers, ProgressMeter { _ in })
                let found = try read(scan, inner, Self.below(path, shown), time, layers, depth: depth + 1)
                outcome.isLimited = outcome.isLimited || found.isLimited
                outcome.pieces += found.pieces
                outcome.unrecognised += found.pieces.isEmpty ? [shown] : found.unrecognised.map { "\(shown)/\($0)" }
            } catch EvidenceError.nothingRecognised {
                outcome.unrecognised.append(shown)
            }
        }
        let warnings = unopened.warnings(limits, opened: opened)
        guard !warnings.isEmpty else { return }
        outcome.isLimited = true
        if own == 0 { outcome.pieces.insert(remains(scan, container, path, time), at: 0) }
        outcome.pieces[0].warnings += warnings
    }

    private func refusal(_ shown: String, _ name: ImportLimitName) -> String {
        "\(shown) (not opened: --limit \(name.rawValue)=\(limits[name]))"
    }

    /// A folder or archive in which nothing was recognised itself, as evidence to which warnings belong.
    private func remains(
        _ scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp
    ) -> ImportReading.Piece {
        let remains = UnknownRemains()
        let record = SourceRecord(
            kind: remains.kind(inArchive: container.isArchive),
            path: path,
            digest: scan.digest,
            importedAt: time,
            isComplete: true
        )
        return ImportReading.Piece(
            record: record,
            container: container,
            plan: EvidencePlan.Piece(arrangement: remains, members: []),
            warnings: scan.warnings
        )
    }
}
