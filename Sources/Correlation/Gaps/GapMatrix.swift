package import Cryptography

/// What there ought to be about an image before anybody relies on it; one column of the matrix.
package enum GapCheck: String, Hashable, Sendable, CaseIterable {
    /// Every byte that the image names.
    case content
    /// A signature.
    case signature
    /// A verdict on every signature.
    case verdict
    /// A signature that is authentic.
    case authentic
    /// A signer that was expected.
    case trusted
    /// An identity that an authority attests, or a key.
    case signer
    /// A time that a log or a timestamp authority states.
    case time
    /// Signed provenance.
    case provenance
    /// The commit, in a repository of the case.
    case commit
    /// The job or run, in a CI service's records.
    case run = "ci-record"

    /// What a column is called above a table.
    package var heading: String {
        switch self {
        case .content: "CONTENT"
        case .signature: "SIGNED"
        case .verdict: "VERIFIED"
        case .authentic: "AUTHENTIC"
        case .trusted: "TRUSTED"
        case .signer: "SIGNER"
        case .time: "TIME"
        case .provenance: "PROVENANCE"
        case .commit: "COMMIT"
        case .run: "CI RECORD"
        }
    }
}

/// What one check of one image came to.
package enum GapState: String, Hashable, Sendable, CaseIterable {
    /// It is there.
    case present
    /// It is not there.
    case missing
    /// It is there, and does not hold.
    case failed
    /// Nothing asks for it, or nothing can be said before something else is there.
    case notApplicable = "not-applicable"
}

/// One image with what is there and what is not.
package struct GapRow: Hashable, Sendable {
    /// The image.
    package let image: Digest
    /// Its names, sorted; from evidence, not escaped.
    package let names: [String]
    /// Every check.
    package let states: [GapCheck: GapState]

    /// Whether nothing is missing and nothing failed.
    package var isWhole: Bool {
        states.values.allSatisfy { $0 == .present || $0 == .notApplicable }
    }
}

/// Something that is missing, or that hangs in the air.
package struct Gap: Hashable, Sendable {
    /// What kind of gap it is.
    package let kind: GapKind
    /// The image or artifact that it is about; nil when it is about the case.
    package let subject: Digest?
    /// The records that it rests on, as `table:key`.
    package let records: [String]
    /// What is missing, in the words of the evidence where that has words: not escaped.
    package let what: String
}

/// The kinds of gaps, each with what to collect.
package enum GapKind: String, Hashable, Sendable, CaseIterable {
    case evidenceIncomplete = "evidence-incomplete"
    case contentMissing = "content-missing"
    case contentAltered = "content-altered"
    case unsigned
    case notVerified = "not-verified"
    case notAuthentic = "not-authentic"
    case notTrusted = "not-trusted"
    case trustMissing = "trust-missing"
    case noTrustedTime = "no-trusted-time"
    case noProvenance = "no-provenance"
    case provenanceUnsigned = "provenance-unsigned"
    case commitAbsent = "commit-absent"
    case commitUnnamed = "commit-unnamed"
    case runAbsent = "ci-record-absent"
    case baseAbsent = "base-absent"
    case signatureWithoutImage = "signature-without-image"
    case attestationWithoutImage = "attestation-without-image"
    case logEntryWithoutImage = "log-entry-without-image"
    case referrerWithoutImage = "referrer-without-image"

    /// What to collect, or to do, next.
    package var advice: String {
        switch self {
        case .evidenceIncomplete:
            "Import this evidence again to its end, or copy it anew from where it was taken."
        case .contentMissing:
            "Copy the image with all its blobs and platforms (skopeo copy --all, crane pull, the registry's storage)."
        case .contentAltered:
            "Keep these bytes, and fetch the same digest from the registry, a mirror or a node's cache to compare."
        case .unsigned:
            "Ask the registry for signatures of this digest: its referrers, and the tags sha256-DIGEST.sig and .att."
        case .notVerified:
            "Run raireki verify with the trusted root and the identity that you expect."
        case .notAuthentic:
            "Look at the failed check with raireki verify, and fetch the signature again from the registry and the log."
        case .notTrusted:
            "Find out who owns this identity or key before anything that it signed is used."
        case .trustMissing:
            "Get the trusted root that has this log, authority or key, of the time of the signature, and verify again."
        case .noTrustedTime:
            "Get the log entry of the signature (rekor-cli get, the log's API) or its timestamp, and import it."
        case .noProvenance:
            "Ask the build system for its provenance attestation, and export the pipeline and job that built the image."
        case .provenanceUnsigned:
            "Nobody signed this provenance: get the CI service's own record of the run, and compare."
        case .commitAbsent:
            "Import the repository with all its references (git clone --mirror), keep-around references and forks too."
        case .commitUnnamed:
            "Nothing names the commit: get the job's log, or the pipeline that pushed the image at that time."
        case .runAbsent:
            "Export the project, or save the pipelines and jobs of the CI service's interface, and import them."
        case .baseAbsent:
            "Pull the base image by this name or digest, and import it with its signatures."
        case .signatureWithoutImage:
            "Fetch the image of this digest: somebody signed it, and it is not in the case."
        case .attestationWithoutImage:
            "Fetch the image of this digest: an attestation speaks of it, and it is not in the case."
        case .logEntryWithoutImage:
            "Find out what this log entry is about: an identity signed something that is not in the case."
        case .referrerWithoutImage:
            "Fetch the image that this artifact refers to, or take note that it was deleted from the registry."
        }
    }

    /// Whether something stands without that on which it stands.
    package var isOrphan: Bool {
        switch self {
        case .signatureWithoutImage, .attestationWithoutImage, .logEntryWithoutImage, .referrerWithoutImage: true
        default: false
        }
    }
}
