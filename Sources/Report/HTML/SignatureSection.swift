internal import CaseIndex
internal import Correlation
internal import Cryptography

/// Every signature with its verdict, every check, its certificates and log entries.
enum SignatureSection {
    static func node(_ dossier: ImageDossier) -> HTMLNode {
        let signatures = dossier.trace.signatures
        let body =
            signatures.isEmpty
            ? [HTMLNode("p", [], "No signature or attestation of this image is in the evidence.")]
            : signatures.map { article($0, dossier) }
        return HTMLNode("section", [], [HTMLNode("h3", [], "Signatures and attestations")] + body)
    }

    private static func article(_ signature: TracedSignature, _ dossier: ImageDossier) -> HTMLNode {
        let sightings = signature.sightings
        return HTMLNode(
            "article",
            [],
            [
                heading(signature), facts(signature, sightings, dossier.trace.image), checks(signature),
                certificates(signature), logEntries(signature), byHand(signature),
            ]
        )
    }

    private static func heading(_ signature: TracedSignature) -> HTMLNode {
        let verdict = signature.verdict
        let trustTone: Tone = verdict?.isTrusted.map { $0 ? .good : .bad } ?? .quiet
        return HTMLNode(
            "h4",
            [],
            [
                .text("\(Wording.kind(signature.record)) "),
                HTMLNode("code", [], String(signature.record.id.prefix(12))), .text(" "),
                Badge.node(
                    "authentic: \(Wording.authentic(verdict))",
                    verdict.map { $0.isAuthentic ? .good : .bad } ?? .doubtful
                ),
                .text(" "), Badge.node("trusted: \(Wording.trusted(verdict))", trustTone),
            ]
        )
    }

    private static func byHand(_ signature: TracedSignature) -> HTMLNode {
        let hasCertificate = !signature.certificates.isEmpty
        guard let lines = SignatureCommand.text(signature.record, hasCertificate: hasCertificate) else { return .empty }
        return HTMLNode(
            "details",
            [.class("quiet")],
            [
                HTMLNode("summary", [], "Check this signature with openssl"),
                Command.block(lines, label: "Commands for signature \(signature.record.id.prefix(12))"),
            ]
        )
    }

    private static func facts(
        _ signature: TracedSignature,
        _ sightings: [SightingRecord],
        _ image: Digest
    ) -> HTMLNode {
        var facts = HTMLFacts()
        let verdict = signature.verdict
        facts.add("Signed by", evidence: verdict?.identity)
        facts.add("Issuer", evidence: verdict?.identityIssuer)
        facts.add("Signed at", evidence: verdict?.signedAt?.description)
        facts.add("Predicate", evidence: signature.record.predicateType)
        if signature.record.subject != image { facts.add("Over", evidence: "\(signature.record.subject)") }
        facts.add("Strength", evidence: verdict?.strength)
        facts.add("Judged with", evidence: verdict?.trustedRoot)
        facts.add("Expected", evidence: verdict.map { PolicyText.sentence($0.policy) })
        facts.add("Payload", evidence: "\(signature.record.payload)")
        facts.add("Carried by", evidence: "\(signature.record.carrier)")
        let places = sightings.map { Wording.storage($0.storage) }
        facts.add("Found as", evidence: places.isEmpty ? nil : places.joined(separator: "; "))
        return facts.node
    }

    private static func checks(_ signature: TracedSignature) -> HTMLNode {
        var table = HTMLTable(
            ["Outcome", "Check", "Reason"],
            columns: ["word", "fact", "plain"],
            caption: "Every check of this signature"
        )
        for check in signature.checks {
            let reason = check.reason.map { [HTMLNode("code", [], [.evidence($0)]), .text(" ")] } ?? []
            table.add(
                [Badge.outcome(check.outcome), .evidence(check.name), .sequence(reason + [.text(check.detail)])],
                class: check.outcome == .notApplicable ? "faded" : ""
            )
        }
        guard !table.isEmpty else { return .empty }
        let count = CheckOutcomeWord.allCases.compactMap { word -> String? in
            let number = signature.checks.count { $0.outcome == word }
            return number == 0 ? nil : "\(number) \(Wording.outcome(word))"
        }
        let summary = "\(signature.checks.count) checks: " + count.joined(separator: ", ")
        return HTMLNode(
            "details",
            [HTMLAttribute("open", "")],
            [HTMLNode("summary", [], summary), table.node]
        )
    }

    private static func certificates(_ signature: TracedSignature) -> HTMLNode {
        .sequence(
            signature.certificates.map { certificate in
                var facts = HTMLFacts()
                facts.add("Certificate", evidence: certificate.subjectAlternativeName ?? "without one name")
                facts.add("Identity issuer", evidence: certificate.identityIssuer)
                facts.add("Issued by", evidence: certificate.issuer)
                facts.add("Serial", evidence: certificate.serial)
                facts.add("Valid", evidence: "\(certificate.notBefore) to \(certificate.notAfter)")
                facts.add("SHA-256", evidence: certificate.digest.hex)
                return facts.node
            }
        )
    }

    private static func logEntries(_ signature: TracedSignature) -> HTMLNode {
        .sequence(
            signature.logEntries.map { entry in
                var facts = HTMLFacts()
                facts.add("Log entry", evidence: "\(entry.kind) \(entry.version), index \(entry.logIndex)")
                facts.add("Entered at", evidence: entry.integratedTime?.description)
                let promise = entry.hasPromise ? "signed entry timestamp" : "no signed entry timestamp"
                let proof = entry.hasProof ? "inclusion proof" : "no inclusion proof"
                facts.add("Carries", evidence: "\(promise), \(proof)")
                facts.add("Log", evidence: entry.logID)
                return facts.node
            }
        )
    }
}
