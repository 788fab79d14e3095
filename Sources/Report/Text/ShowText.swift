internal import CaseIndex
internal import Correlation
internal import Cryptography

/// What the evidence holds of one image, without a judgement.
package enum ShowText {
    /// The page, ending with a newline.
    package static func page(_ dossier: ImageDossier, _ style: TextStyle) -> String {
        let trace = dossier.trace
        var lines = ImageHeading.lines(trace, style) + [""]
        lines += descriptors(trace).lines(style)
        for signature in trace.signatures {
            lines += [""] + signatureLines(signature, signature.sightings, style)
        }
        let warnings = warningTable(dossier.warnings).lines(style)
        lines += warnings.isEmpty ? [] : [""] + warnings
        return lines.joined(separator: "\n") + "\n"
    }

    private static func descriptors(_ trace: Trace) -> TextTable {
        var table = TextTable(["PART", "DIGEST", "SIZE", "PLATFORM", "BYTES"])
        for descriptor in trace.graph.descriptors {
            table.add([
                TextCell(descriptor.kind.rawValue),
                TextCell("\(descriptor.target)"),
                TextCell(descriptor.size.map { "\($0)" } ?? ""),
                TextCell(evidence: descriptor.platform ?? ""),
                TextCell(descriptor.outcome.rawValue, descriptor.outcome == .matched ? .good : .bad),
            ])
        }
        return table
    }

    private static func signatureLines(
        _ signature: TracedSignature,
        _ sightings: [SightingRecord],
        _ style: TextStyle
    ) -> [String] {
        var table = TextTable(indentation: 2)
        if let type = signature.record.predicateType { table.add([TextCell("predicate"), TextCell(evidence: type)]) }
        table.add([TextCell("payload"), TextCell("\(signature.record.payload)")])
        table.add([TextCell("carried by"), TextCell("\(signature.record.carrier)")])
        for sighting in sightings { table.add([TextCell("found as"), TextCell(Wording.storage(sighting.storage))]) }
        for certificate in signature.certificates {
            let name = certificate.subjectAlternativeName ?? "no name"
            table.add([TextCell("certificate"), TextCell(evidence: name)])
            table.add([TextCell(""), TextCell("valid \(certificate.notBefore) to \(certificate.notAfter)")])
        }
        for entry in signature.logEntries {
            let time = entry.integratedTime.map { " at \($0)" } ?? ""
            table.add([
                TextCell("log entry"), TextCell(evidence: "\(entry.kind) \(entry.version) #\(entry.logIndex)\(time)"),
            ])
        }
        SignatureFacts.addStatements(of: signature, to: &table)
        let title = "\(Wording.kind(signature.record)) \(style.brief(signature.record.id))"
        return [style.paint(title, .strong)] + table.lines(style)
    }

    static func warningTable(_ warnings: [WarningRecord]) -> TextTable {
        var table = TextTable()
        for warning in warnings {
            table.add([
                TextCell(warning.severity.rawValue, warning.severity == .recovered ? .quiet : .bad),
                TextCell(evidence: warning.code),
                TextCell("\(warning.path): \(warning.message)"),
            ])
        }
        return table
    }
}
