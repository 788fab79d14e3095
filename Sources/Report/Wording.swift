internal import CaseIndex
internal import Correlation

/// The words in which records are shown to people; JSON uses the records' own.
enum Wording {
    static func authentic(_ verdict: VerdictRecord?) -> String {
        guard let verdict else { return "not verified yet" }
        return verdict.isAuthentic ? "yes" : "no"
    }

    static func trusted(_ verdict: VerdictRecord?) -> String {
        guard let verdict else { return "not verified yet" }
        guard let isTrusted = verdict.isTrusted else { return "no expectation given" }
        return isTrusted ? "yes" : "no"
    }

    static func outcome(_ outcome: CheckOutcomeWord) -> String {
        switch outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .notApplicable: "not applicable"
        case .notPerformed: "not performed"
        }
    }

    static func kind(_ signature: SignatureRecord) -> String {
        switch signature.kind {
        case .simpleSigning: "simple signing"
        case .attestation: "attestation"
        case .bundle: "Sigstore bundle"
        case .publishAttestation: "PEP 740 attestation"
        case .logEntry: "log entry"
        case .notaryJWS: "Notary Project, JWS"
        case .notaryCOSE: "Notary Project, COSE"
        case .openPGP: "OpenPGP simple signing"
        }
    }

    static func storage(_ storage: SignatureStorage) -> String {
        switch storage {
        case .kindAnnotation: "kind annotation of a saved layout"
        case .tagName: "tag sha256-….sig or .att"
        case .subject: "subject of its manifest (referrer)"
        case .fallbackIndex: "referrers fallback index"
        case .orphan: "a blob that no index lists"
        case .signatureFile: "signature file beside a copied image"
        case .looseFile: "a file of its own"
        }
    }

    static func content(_ outcome: ContentOutcome) -> String {
        switch outcome {
        case .intact: "intact: every byte that the digest covers was compared"
        case .incomplete: "incomplete: some bytes are not in the evidence"
        case .altered: "altered: some bytes are not those that the digest names"
        }
    }

    static func row(_ verdict: RowVerdict) -> String {
        switch verdict {
        case .agrees: "agrees"
        case .contradicts: "contradicts"
        case .onlyAsserted: "only asserted"
        case .singleSource: "single source"
        case .unverified: "unverified"
        }
    }

    static func fact(_ fact: Fact) -> String {
        fact == .imageDigest ? "image digest" : fact.rawValue
    }

    /// What kind of document speaks.
    static func speaker(_ speaker: Speaker) -> String {
        switch speaker {
        case .certificate: "certificate"
        case .signedAnnotation: "signed annotation"
        case .statement: "signed statement"
        case .unsignedStatement: "unsigned statement"
        case .label: "image label"
        case .configuration: "image configuration"
        case .manifestAnnotation: "manifest annotation"
        case .carrierAnnotation: "layer annotation"
        case .logEntry: "log entry"
        case .timestamp: "timestamp"
        case .payload: "signed payload"
        case .signedAttribute: "signed attribute"
        case .unsignedAttribute: "unsigned attribute"
        }
    }

    static func reachability(_ reachability: CommitHistory.Reachability) -> String {
        switch reachability {
        case .reachable: "reachable from"
        case .notReachable: "not reachable from"
        case .unknown: "not known whether reachable from"
        }
    }

    static let noCounterpart = "no counterpart in a certificate: only the signer says so"

    /// The image in one sentence.
    static func standing(_ standing: Standing) -> (title: String, sentence: String) {
        switch standing {
        case .altered:
            ("Altered", "Some bytes of this image are not those that its digest names.")
        case .contradicted:
            ("Contradicted", "What the signer wrote and what was attested cannot both be true.")
        case .unsigned:
            ("Unsigned", "No signature or attestation of this image is in the evidence.")
        case .trusted:
            ("Trusted", "An authentic signature meets the expectation that was given.")
        case .notTrusted:
            ("Not trusted", "The signatures are authentic, but none meets the expectation that was given.")
        case .authentic:
            ("Authentic", "Every cryptographic check passed. No expectation was given, so nothing is called trusted.")
        case .notAuthentic:
            ("Not authentic", "No signature of this image passes every check.")
        case .unverified:
            ("Not verified", "Signatures are in the evidence, but verification has not run.")
        }
    }
}
