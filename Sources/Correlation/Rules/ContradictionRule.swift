internal import CaseIndex
internal import Presentation

/// A rule on one fact: what the signer asserts must be what the certificate of the same signature attests.
protocol ContradictionRule: Rule {
    /// The fact.
    var fact: Fact { get }
}

extension ContradictionRule {
    package var severity: FindingSeverity { .error }

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        guard let row = subject.row(fact) else { return [] }
        return row.conflicts.filter(\.concernsOneSignature).firstOfEachWeaker.map { conflict in
            finding(
                subject,
                """
                \(conflict.weaker.speakerTitle) \(conflict.weaker.keyText) says \(conflict.weaker.valueText), but the \
                certificate (\(conflict.stronger.keyText)) says \(conflict.stronger.valueText)
                """,
                [.claim(conflict.weaker.claim.id), .claim(conflict.stronger.claim.id)]
            )
        }
    }
}

extension FactRow.Conflict {
    /// Whether a signed document contradicts the certificate that came with it.
    var concernsOneSignature: Bool {
        stronger.basis == .certificateAttested && weaker.basis == .signerAsserted
            && stronger.claim.signatureID == weaker.claim.signatureID
    }
}

extension [FactRow.Conflict] {
    /// One conflict for each value that is contradicted, with the best founded value against it.
    var firstOfEachWeaker: [FactRow.Conflict] {
        var seen: Set<Int64> = []
        return filter { seen.insert($0.weaker.claim.id).inserted }
    }
}

extension TracedValue {
    /// What kind of document says it, as the beginning of a sentence.
    var speakerTitle: String {
        switch claim.speaker {
        case .certificate: "the certificate's extension"
        case .signedAnnotation: "the signed annotation"
        case .statement: "the signed statement at"
        case .unsignedStatement: "the unsigned statement at"
        case .label: "the image's label"
        case .configuration: "the image's configuration at"
        case .manifestAnnotation: "the manifest's annotation"
        case .carrierAnnotation: "the signature layer's annotation"
        case .logEntry: "the log entry's"
        case .timestamp: "the timestamp's"
        case .payload: "the signed payload's"
        case .signedAttribute: "the signature's attribute"
        case .unsignedAttribute: "the signature's unsigned attribute"
        }
    }

    /// The key, safe to show.
    var keyText: String {
        EscapedText(claim.key, limit: 120).text
    }

    /// The value, safe to show.
    var valueText: String {
        EscapedText(claim.value, limit: 200).text
    }
}
